/** Lines that say something about what they stand in: `**Objective:** …`. All linear, most bounded. */

/** How far into a line a field's name is looked for. */
const REACH = 200;

const VERIFY =
  /^[ \t>]{0,40}(?:[-*+][ \t]{1,4})?(\*\*|__)?(VERIFY|Verify|Verification)\b(?:[ -]?Phase)?[ -]{0,4}(\d{1,7}(?:\.\d{1,7}){0,3}[A-Za-z]?)?\s{0,4}(\(non-?blocking\))?\s{0,4}(:)?\s{0,4}(\*\*|__)?\s{0,4}(:)?\s{0,4}(\(non-?blocking\))?\s{0,4}(:)?\s{0,40}/i;

export interface VerifyField {
  readonly subject: string | undefined;
  readonly blocking: boolean;
  /** Where inline criteria begin. */
  readonly end: number;
}

/**
 * `**VERIFY Phase 1:**`, `**VERIFY:**`, `**VERIFY 1.2:**`, `**VERIFY 1:** text`, each with `(non-blocking)` before or behind the colon.
 *
 * @param nested whether the line belongs to a task: there only upper case says it
 */
export function readVerify(text: string, nested: boolean): VerifyField | undefined {
  const match = VERIFY.exec(text);
  if (!match) return undefined;
  const [whole, bold, word, subject, early, colon, closing, late, after, last] = match;
  const upper = word === "VERIFY";
  const colons = [colon, late, last].some((sign) => sign !== undefined);
  if ((nested || bold === undefined) && !upper) return undefined;
  if (bold === undefined ? !colons : closing === undefined || !(colons || upper)) return undefined;
  return { subject, blocking: early === undefined && after === undefined, end: whole.length };
}

const field = (names: string): RegExp =>
  new RegExp(
    String.raw`^[ \t>]{0,8}(?:[-*+][ \t]{1,4})?(?:\*\*|__)(?:${names})\s{0,2}(?:\([^)]{0,40}\))?(?::(?:\*\*|__)|(?:\*\*|__)\s{0,2}:)[ \t]{0,40}`,
    "iu",
  );

export type FieldName = "note" | "start" | "objective" | "effort" | "waits" | "criteria";

const FIELDS: readonly (readonly [FieldName, RegExp])[] = [
  ["note", field("Execution (?:Notes?|Order)")],
  ["start", field("pipeline-start")],
  ["objective", field("Objective|Goal|Purpose|Ziel|Objetivo|Objectif")],
  ["effort", field("(?:Estimated )?(?:Effort|Duration|Time|Estimate)|Aufwand|Esfuerzo")],
  [
    "waits",
    field("Dependenc(?:y|ies)|Depends(?: on)?|Prerequisites?|Requires|Blocked by|Waits for"),
  ],
  [
    "criteria",
    field("[^*:]{0,60}?(?:Success|Acceptance|Exit|Completion) Criteria|Definition of Done"),
  ],
];

const PLAIN_NOTE = /^[ \t>]{0,8}Execution Notes?:[ \t]{0,40}/i;
const ANY = /^(?:\*\*|__)[^*_]{1,80}(?::(?:\*\*|__)|(?:\*\*|__)\s{0,2}(?::|$))/;

/** Which field a line is, and where its value begins. */
export function readField(
  text: string,
): { readonly name: FieldName; readonly end: number } | undefined {
  if (!/[*_:]/.test(text.slice(0, REACH))) return undefined;
  for (const [name, pattern] of FIELDS) {
    const match = pattern.exec(text);
    if (match) return { name, end: match[0].length };
  }
  const plain = PLAIN_NOTE.exec(text);
  return plain ? { name: "note", end: plain[0].length } : undefined;
}

/** Any `**Label:**` at the margin: ends what the one before began. */
export const isLabel = (text: string): boolean => ANY.test(text);

const SECTIONS: readonly (readonly [
  "criteria" | "dependencies" | "upstream" | "verify",
  RegExp,
])[] = [
  [
    "criteria",
    /(?:success|acceptance|exit|completion) criteria|definition of done|erfolgskriterien|criterios de (?:éxito|aceptación)|critères de (?:succès|réussite)|critérios de (?:sucesso|aceitação)/iu,
  ],
  ["upstream", /^(?:upstream|depends on plans?|vorausgesetzte pläne)\b/iu],
  [
    "dependencies",
    /^(?:(?:plan |inter-plan )?dependencies|abhängigkeiten|dependencias|dépendances|dependências|依存関係|依赖)/iu,
  ],
  ["verify", /^(?:VERIFY|Verify|Verification)\b/u],
];

/** What a heading that is no phase begins. */
export function sectionOf(
  title: string,
): "criteria" | "dependencies" | "upstream" | "verify" | "other" {
  const words = title.replace(/^[^\p{L}\p{N}]{0,8}/u, "").slice(0, REACH);
  return SECTIONS.find(([, pattern]) => pattern.test(words))?.[0] ?? "other";
}

const UPSTREAM =
  /^(?:\*\*([^*]{1,200})\*\*|`([^`]{1,200})`|\[([^\]]{1,200})\]\([^)]{0,300}\)|([^\s(—–]{1,200}\.md))\s{0,8}(?:[-–—:]\s{0,8})?(.{0,400})/u;

/** `**other-plan.md** - why`: what another plan this one waits for. Undefined for `None` and remarks. */
export function readUpstream(
  words: string,
): { readonly name: string; readonly reason: string } | undefined {
  const match = UPSTREAM.exec(words);
  const name = (match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4] ?? "")
    .replace(/[`*:]/g, "")
    .trim();
  if (name === "" || /^(?:none|n\/a|keine?)\b/i.test(name)) return undefined;
  return { name, reason: (match?.[5] ?? "").trim() };
}
