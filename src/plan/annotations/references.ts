import { matchAt, type IdGrammar } from "./id-grammar.ts";

/** What a list in a text names: tasks, phases, stories, or all that comes before. Not yet whether they exist (`resolve.ts`). */
export interface Reference {
  readonly kind:
    | "task"
    | "phase"
    | "story"
    | "previous-tasks"
    | "previous-phases"
    | "previous-stories";
  /** As written: `1.1`, `T012a`, `2B`, `US1`. The words for `previous-…`. */
  readonly from: string;
  /** The last of a range, completed where it is written short: `T012d` of `T012a–d`. */
  readonly to?: string;
  /** What stands there, `text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
}

export interface ReferenceList {
  readonly references: readonly Reference[];
  /** Where the list ends; where it should begin, if it is empty. */
  readonly end: number;
}

/** Signs and words between the ends of a range; also dashes that were misread as Mac Roman or Windows-1252. */
const RANGE =
  /\s{0,8}(?:[-–—‐‑‒−~]|‚Äì|‚Äî|â€[“”]|\.{2,3}|…|(?:to|through|thru|until|up to|bis|hasta|até|jusqu'à)(?=\s))\s{0,8}/iuy;
const SEPARATOR =
  /\s{0,8}(?:[,;&+/、，；]\s{0,8}(?:(?:and|or|und|et|y|e)\s{1,8})?|(?:and|or|as well as|und|et|y|e)\s{1,8}|[和与與及]\s{0,8})/iuy;
/** Bold marks, code marks and brackets around an id. */
const DRESS = /[\s*`#[(（]{0,12}/uy;
const UNDRESS = /[*`\])）]{1,6}/uy;
const EACH =
  /(?:(?:all|every|each|both|any)\s{1,8})?(?:of\s{1,8})?(?:the\s{1,8})?(?:(?:tasks?|items?|work|everything)\s{1,8}(?:in|of|from)\s{1,8})?/iuy;
const TASK_WORD = /(?:sub-?)?(?:tasks?|steps?|items?|ids?)[\s:#]{1,8}/iuy;
const PHASE_WORD = /(?:implementation\s{1,8})?phases?[\s:#]{1,8}/iuy;
const STORY_WORD = /(?:user\s{1,8}stor(?:y|ies)|stor(?:y|ies))\s{1,8}/iuy;
const STORY = /US-?\d{1,4}[a-z]?(?![\p{L}\p{N}_])/iuy;
const STORY_NUMBER = /\d{1,4}[a-z]?(?![\p{L}\p{N}_]|\.\p{N})/iuy;
const PREVIOUS =
  /(?:(?:all|every|each)\s{1,8})?(?:of\s{1,8})?(?:the\s{1,8})?(?:previous|prior|preceding|earlier|above)\s{1,8}(?:user\s{1,8})?(tasks?|steps?|phases?|stor(?:y|ies))/iuy;
const SHORT = /(?:\d{1,7}[A-Za-z]?|[A-Za-z])(?![\p{L}\p{N}_]|\.\p{N})/uy;
const LETTER = /[A-Za-z](?![\p{L}\p{N}_])/uy;
const TAIL_WORD = /(?:'s)?\s{1,8}tasks?(?![\p{L}\p{N}_])/iuy;

type Mode = "task" | "phase" | "story";

interface Cursor {
  readonly text: string;
  readonly grammar: IdGrammar;
  at: number;
  mode: Mode | undefined;
}

/** Take what matches at the cursor; "" and no step where nothing does. */
function take(cursor: Cursor, pattern: RegExp): string {
  const found = matchAt(pattern, cursor.text, cursor.at);
  cursor.at += found.length;
  return found;
}

/**
 * Read a list of references that begins at `at`: `1.1-1.3, 1.5 and 2.1`, `T001/T002`, `T012a–d`, `all Phase 2 tasks`,
 * `Phases 1-3, 5`, `US1 and US2`, `all previous phases`. Ends before the first thing that is none. Linear.
 */
export function readReferences(text: string, at: number, grammar: IdGrammar): ReferenceList {
  const cursor: Cursor = { text, grammar, at, mode: undefined };
  const references: Reference[] = [];
  let end = at;
  for (;;) {
    const next = readOne(cursor, references.at(-1));
    if (!next) break;
    references.push(next);
    take(cursor, UNDRESS);
    if (next.kind === "phase" && take(cursor, TAIL_WORD) !== "") cursor.mode = undefined;
    end = cursor.at;
    if (take(cursor, SEPARATOR) === "") break;
  }
  return { references, end };
}

function readOne(cursor: Cursor, before: Reference | undefined): Reference | undefined {
  take(cursor, DRESS);
  const previous = readPrevious(cursor);
  if (previous) return previous;
  take(cursor, EACH);
  const letters = take(cursor, PHASE_WORD) !== "";
  if (letters) cursor.mode = "phase";
  else if (take(cursor, STORY_WORD) !== "") cursor.mode = "story";
  else if (take(cursor, TASK_WORD) !== "") cursor.mode = "task";
  take(cursor, DRESS);
  const start = cursor.at;
  const kind = kindOf(cursor, letters || /^[A-Z]$/.test(before?.from ?? ""));
  const from =
    kind === undefined ? shortAfter(cursor, before) : take(cursor, patternOf(cursor, kind));
  if (from === "") return undefined;
  const named = { kind: kind ?? "task", from: kind === "story" ? storyOf(from) : from };
  const to = readTo(cursor, named);
  return {
    kind: named.kind,
    from: named.from,
    start,
    ...(to === undefined ? {} : { to }),
    end: cursor.at,
  };
}

function readPrevious(cursor: Cursor): Reference | undefined {
  const start = cursor.at;
  PREVIOUS.lastIndex = start;
  const match = PREVIOUS.exec(cursor.text);
  if (!match) return undefined;
  cursor.at += match[0].length;
  const word = (match[1] ?? "").toLowerCase();
  const kind = word.startsWith("phase")
    ? "previous-phases"
    : word.startsWith("stor")
      ? "previous-stories"
      : "previous-tasks";
  return { kind, from: match[0], start, end: cursor.at };
}

/** @param letters whether a lone letter may be a phase: "Phases A and B", but not "Phase 2, a new one" */
function kindOf({ text, grammar, at, mode }: Cursor, letters: boolean): Mode | undefined {
  if (mode === "phase") {
    const phase = matchAt(grammar.phase, text, at);
    if (phase !== "" && (letters || /^\d/.test(phase))) return "phase";
  }
  if (mode === "story" && matchAt(STORY_NUMBER, text, at) !== "") return "story";
  if (matchAt(STORY, text, at) !== "") return "story";
  return matchAt(grammar.task, text, at) === "" ? undefined : "task";
}

function patternOf({ grammar, mode }: Cursor, kind: Mode): RegExp {
  if (kind === "phase") return grammar.phase;
  if (kind === "task") return grammar.task;
  return mode === "story" ? STORY_NUMBER : STORY;
}

const storyOf = (written: string): string => `US${written.replace(/^US-?/i, "")}`;

/** `b` of `T012a/b`. */
function shortAfter(cursor: Cursor, before: Reference | undefined): string {
  if (before?.kind !== "task" || cursor.text[cursor.at - 1] !== "/") return "";
  const letter = take(cursor, LETTER);
  return letter === "" ? "" : completed(before.from, letter);
}

/** The end of a range, if one follows. */
function readTo(
  cursor: Cursor,
  from: { readonly kind: Mode; readonly from: string },
): string | undefined {
  const before = cursor.at;
  take(cursor, UNDRESS);
  const sign = take(cursor, RANGE);
  if (sign !== "") {
    take(cursor, DRESS);
    take(cursor, from.kind === "phase" ? PHASE_WORD : TASK_WORD);
    const whole = take(cursor, patternOf({ ...cursor, mode: undefined }, from.kind));
    if (whole !== "") return from.kind === "story" ? storyOf(whole) : whole;
    const short = /\s/.test(sign) ? "" : take(cursor, SHORT);
    if (short !== "") return from.kind === "story" ? storyOf(short) : completed(from.from, short);
  }
  cursor.at = before;
  return undefined;
}

/** `d` after `T012a` is `T012d`, `4` after `1.1` is `1.4`, `004` after `T001` is `T004`. */
function completed(from: string, short: string): string {
  const [, stem = "", digits = ""] = /^(.*?)(\d{1,7})[A-Za-z]?$/.exec(from) ?? [];
  return /^\d/.test(short) ? `${stem}${short}` : `${stem}${digits}${short}`;
}
