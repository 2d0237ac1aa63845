/** What a field of a phase, or a heading in it, is about. */
export type FieldKind =
  | "goal"
  | "dependencies"
  | "estimate"
  | "tasks"
  | "deliverables"
  | "criteria"
  | "outputs"
  | "strategy"
  | "other";

/** Names of fields as PRDs and phase files write them (FORMATS §2.2, §2.3); the first that fits counts. */
const FIELDS: readonly (readonly [FieldKind, RegExp])[] = [
  ["goal", /^(?:goals?|objectives?|purpose)$/],
  [
    "dependencies",
    /^(?:(?:phase |task )?(?:dependenc(?:y|ies)|prerequisites?)|depends on|blocked by|requires|required from (?:previous|prior|earlier) phases?)$/,
  ],
  [
    "estimate",
    /^(?:estimated (?:effort|time|duration|hours|days)|effort|duration|time estimate|estimate|estimation)$/,
  ],
  [
    "tasks",
    /^(?:(?:phase [\w.]{1,8} )?(?:detailed |implementation |key |development )?(?:tasks?|steps|work items|action items)(?: list| breakdown)?)$/,
  ],
  ["deliverables", /^(?:phase [\w.]{1,8} )?(?:key )?deliverables?$/],
  [
    "criteria",
    /\b(?:acceptance|validation|success|completion|exit|quality|verification|done|testing|test) (?:criteria|gates?|checklist|requirements?)\b|^(?:definition of done|verification|acceptance|validation|quality gates?)$/,
  ],
  [
    "outputs",
    /^(?:(?:expected |handoff )?(?:outputs?|artifacts?)(?: created)?|files?(?: (?:to (?:create|modify|change)|created|modified|changed|affected))?)$/,
  ],
  [
    "strategy",
    /\b(?:parallelization|coordination|agent|parallel execution)\b.{0,20}\bstrategy\b|^coordination points?$/,
  ],
];

export function fieldKind(name: string): FieldKind {
  const plain = name
    .toLowerCase()
    .replace(/[\s_]+/g, " ")
    .replace(/[:*]+$/, "")
    .trim();
  return FIELDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? "other";
}

/** A field on a line: `**Goal**: words`, `**Tasks:**`, `- **Dependencies**: None`. */
export interface Field {
  readonly kind: FieldKind;
  readonly name: string;
  readonly value: string;
  /** Where the value stands on the line. */
  readonly at: number;
  /** Where the field stands on the line, its bullet not counted. */
  readonly start: number;
  readonly bullet: boolean;
}

const FIELD =
  /(?:^|\|)\s{0,12}([-*+]\s{1,4})?(?:\*\*|__)([^*_|\n]{1,60}?)(?:\s?:\s?(?:\*\*|__)|(?:\*\*|__)\s?:)[ \t]*/g;

/** The fields of a line that begins with one; several may be divided by `|`. */
export function fieldsIn(text: string): readonly Field[] {
  const found = [...text.slice(0, 4_000).matchAll(FIELD)];
  if (found.length === 0 || text.slice(0, found[0]?.index ?? 0).trim() !== "") return [];
  return found.map((match, index): Field => {
    const at = match.index + match[0].length;
    const end = found[index + 1]?.index ?? text.length;
    const name = (match[2] ?? "").trim();
    return {
      kind: fieldKind(name),
      name,
      value: text.slice(at, end).trimEnd(),
      at,
      start: match.index + match[0].indexOf(name) - 2,
      bullet: match[1] !== undefined,
    };
  });
}
