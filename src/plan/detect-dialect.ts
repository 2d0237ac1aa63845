import { readLines } from "../core/markdown/source-lines.ts";
import type { Dialect, PlanText } from "./model.ts";

export interface Detection {
  readonly dialect: Dialect;
  /**
   * False: there are check boxes and nothing else that speaks for a plan, or most boxes stand in examples, as in a page on how to
   * write plans. Whoever looks for plans in a repository leaves these.
   */
  readonly sure: boolean;
}

/** What speaks for a dialect: the file's name, or a line of its text outside of fences and comments. */
interface Sign {
  readonly dialect: Dialect;
  readonly weight: number;
  readonly name?: RegExp;
  readonly line?: RegExp;
  /** Also what is no plan talks of it. */
  readonly mention?: boolean;
}

const BOX = String.raw`^[\s>]{0,200}(?:[-*+]|\d{1,9}[.)])\s{1,8}\[.?\]\s{1,8}`;

/** Each sign counts at most this often, so that one long list does not decide alone. */
const MOST = 40;

/** Characters at the start of a text that are enough to tell, if they hold boxes and structure: no sign counts more often. */
const ENOUGH = 262_144;

/** FORMATS §1.2, §2.2, §2.3, §3.3, §3.4; weights chosen so that all known files come out right (a test holds the samples). */
const SIGNS: readonly Sign[] = [
  { dialect: "spec-kit", weight: 12, name: /(?:^|[\\/])tasks(?:[.-][\w-]{1,40})?\.md$/i },
  { dialect: "spec-kit", weight: 100, name: /(?:^|[\\/])tasks\.execution\.ya?ml$/i },
  {
    dialect: "spec-kit",
    weight: 3,
    line: new RegExp(String.raw`${BOX}\*{0,2}T\d{1,5}[A-Za-z]?\b`, "u"),
  },
  {
    dialect: "spec-kit",
    weight: 5,
    line: new RegExp(
      String.raw`${BOX}.{0,24}\[(?:P|US\d{1,3}|P:\d|SYNC|VERIFY|W-[A-Z])[^\]]{0,12}\]`,
      "u",
    ),
  },
  {
    dialect: "spec-kit",
    weight: 2,
    line: /^\s{0,12}[-*]\s{1,4}\*{0,2}(?:Do|Done when|Commit)\*{0,2}\s?:/,
  },
  { dialect: "spec-kit", weight: 8, line: /^\*\*Input\*\*:\s.{0,40}design documents/i },
  {
    dialect: "plan-file",
    weight: 4,
    line: new RegExp(String.raw`${BOX}\*{0,2}\d{1,6}\.\d{1,6}(?:\.\d{1,6}){0,3}[A-Za-z]?\b`, "u"),
  },
  {
    dialect: "plan-file",
    weight: 20,
    line: /^\s{0,4}\*\*VERIFY(?:\s{1,4}(?:Phase\s)?[\d.]{1,12})?[^*]{0,40}\*\*/,
  },
  {
    dialect: "plan-file",
    weight: 20,
    line: new RegExp(String.raw`${BOX}\*{0,2}VERIFY[ -]\d`, "u"),
  },
  {
    dialect: "plan-file",
    weight: 20,
    line: /^[\s>*-]{0,8}\*\*(?:Execution Notes?|pipeline-start):?\*\*/i,
  },
  { dialect: "plan-file", weight: 20, line: /docs\/plan-outputs\//, mention: true },
  { dialect: "plan-file", weight: 2, line: /^#{1,4}\s{1,8}(?:Implementation )?Phase \d{1,4}\b/i },
  {
    dialect: "plan-file",
    weight: 8,
    line: /^#\s{1,8}(?:Implementation|Analysis|Test|Create|Validation|Documentation) Plan\b/i,
  },
  {
    dialect: "prd",
    weight: 12,
    name: /(?:^|[\\/])(?:prd|prds|prd-workspace)[\\/]|(?:^|[\\/._-])prd(?:[._-]|$)/i,
  },
  { dialect: "prd", weight: 12, name: /(?:^|[\\/])phase-\d{1,4}[\w-]{0,80}\.md$/i },
  { dialect: "prd", weight: 12, line: new RegExp(String.raw`${BOX}\*{2}(?:Sub-?)?Task\s`, "iu") },
  { dialect: "prd", weight: 12, line: /\(Parallelizable:\s{0,4}(?:Yes|No)/i },
  { dialect: "prd", weight: 12, line: /^#{3,6}\s{1,8}Task\s{1,4}[\w.]{1,12}\s{0,4}:/i },
  {
    dialect: "prd",
    weight: 12,
    line: /^\*\*Dependencies\*{0,2}:\*{0,2}\s{1,8}.{0,40}(?:Phase|None)/i,
  },
  { dialect: "prd", weight: 12, line: /^\*\*Agent Assignment/i },
  {
    dialect: "prd",
    weight: 12,
    line: /^##\s{1,8}(?:Estimated Time|Detailed Tasks|Dependencies\s?:)/i,
  },
  { dialect: "prd", weight: 12, line: /^#\s.{0,80}(?:\bPRD\b|Product Requirements)/i },
];

const HAS_BOX = new RegExp(BOX, "u");

/** Keys of which a JSON document of S3 has at least one (FORMATS §2.1). */
const JSON_KEYS =
  /"(?:phase_inventory|phase_dependenc(?:ies|y_graph)|task_dependenc(?:ies|y_graph)|dependency_(?:graph|analysis)(?:_id)?|execution_waves|wave_(?:schedules?|analysis)|phases|tasks)"\s{0,8}:/;

/**
 * Which dialect a plan is written in, by the name of the file that the user named and by its text. Undefined if nothing
 * speaks for a plan. Linear.
 */
export function detectDialect({ file, text }: PlanText): Detection | undefined {
  const start = text
    .slice(0, 400)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (/\.json[5c]?$/i.test(file) || /^(?:\{|\[(?![ xX\]][\]( ]))\s*(?:["{[\]}]|$)/.test(start)) {
    return { dialect: "dependency-json", sure: JSON_KEYS.test(text) };
  }
  const opening = weigh(text.slice(0, ENOUGH));
  const { scores, boxes, structure, examples } =
    text.length <= ENOUGH || (opening.boxes && opening.structure) ? opening : weigh(text);
  const named = SIGNS.filter(({ name }) => name?.test(file) === true);
  if (!structure && !boxes && !named.some(({ weight }) => weight >= 100)) return undefined;
  for (const sign of named) scores.set(sign.dialect, (scores.get(sign.dialect) ?? 0) + sign.weight);
  const [best] = [...scores].toSorted(([, a], [, b]) => b - a);
  const dialect = best?.[0] ?? "plan-file";
  return { dialect, sure: structure && !examples && (boxes || dialect === "prd") };
}

function weigh(text: string): {
  readonly scores: Map<Dialect, number>;
  readonly boxes: boolean;
  readonly structure: boolean;
  /** More boxes stand in code blocks than outside of them. */
  readonly examples: boolean;
} {
  const scores = new Map<Dialect, number>();
  const counts = new Map<Sign, number>();
  let inText = 0;
  let inCode = 0;
  for (const line of readLines(text)) {
    if (line.kind === "code" && HAS_BOX.test(line.text)) inCode++;
    if (line.kind !== "text" || line.text === "") continue;
    if (HAS_BOX.test(line.text)) inText++;
    for (const sign of SIGNS) {
      const before = counts.get(sign) ?? 0;
      if (before >= MOST || sign.line?.test(line.text) !== true) continue;
      counts.set(sign, before + 1);
      scores.set(sign.dialect, (scores.get(sign.dialect) ?? 0) + sign.weight);
    }
  }
  const structure = [...counts.keys()].some(({ mention }) => mention !== true);
  return { scores, boxes: inText > 0, structure, examples: inCode > inText };
}
