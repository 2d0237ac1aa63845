/** A heading that begins a phase. */
export interface PhaseHeading {
  readonly level: number;
  /** As written: `1`, `2A`, `3.1`. */
  readonly number: string;
  /** Behind number and sign; annotations left in. */
  readonly title: string;
  /** Where the title begins in the line. */
  readonly titleAt: number;
  /** Whether a sign stands between number and title, or nothing follows. `## Phase 0 Guidelines` may be about phases. */
  readonly sure: boolean;
}

/** "Phase" as people write it; the first is the only one that the original knows. */
const WORDS = [
  "Phase",
  "Phasen?",
  "Fase",
  "Fas",
  "Étape",
  "Etapa",
  "Etap",
  "Faza",
  "Фаза",
  "Этап",
  "Етап",
  "Vaihe",
  "Aşama",
  "Giai đoạn",
  "フェーズ",
  "段階",
  "阶段",
  "階段",
  "단계",
];
const SIGNS = String.raw`[:：\-–—―.．)|·]|‚Äî|‚Äì|â€[“”]`;
const NUMBER = String.raw`\d{1,6}(?:\.\d{1,6})?[A-Za-z]?(?![\p{L}\p{N}])|[A-Z](?![\p{L}\p{N}])`;

const HEADING = /^\uFEFF?[ \t]{0,3}(#{1,6})[ \t]{1,40}/u;
const PHASE = new RegExp(
  String.raw`[^\p{L}\p{N}]{0,8}(?:(?:Implementation|Implementación|Umsetzungs)[ -]{0,2})?(?:(?:${WORDS.join("|")})[\s\u00A0]{0,8}(?:#|№|Nr\.?\s)?(${NUMBER})|第\s?(\d{1,6})\s?(?:阶段|階段|フェーズ|段階)|(\d{1,6})\s?단계)\**\s{0,8}(${SIGNS})?\**\s{0,8}`,
  "iuy",
);

/** A heading of any kind: its level and where its words begin. */
export function readHeading(
  text: string,
): { readonly level: number; readonly textAt: number } | undefined {
  const match = HEADING.exec(text);
  return match ? { level: match[1]?.length ?? 1, textAt: match[0].length } : undefined;
}

/** `## Phase 2: Title`, `### Phase 2 - Title`, `### Implementation Phase 0 — Title`, `## Fase 1: …`; undefined for other lines. */
export function readPhaseHeading(text: string): PhaseHeading | undefined {
  const heading = readHeading(text);
  if (!heading || heading.level > 4) return undefined;
  PHASE.lastIndex = heading.textAt;
  const match = PHASE.exec(text);
  const number = match?.[1] ?? match?.[2] ?? match?.[3];
  if (!match || number === undefined) return undefined;
  const titleAt = heading.textAt + match[0].length;
  const title = text
    .slice(titleAt)
    .replace(/\s#{1,6}\s*$/, "")
    .trim()
    .replace(/\*\*$/, "")
    .trim();
  const sure = match[4] !== undefined || title === "" || /^[([{✅🚧]/u.test(title);
  return { level: heading.level, number, title, titleAt, sure };
}
