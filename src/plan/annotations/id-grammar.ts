/** How the tasks of a dialect are named in prose. Regular expressions are sticky and linear. */
export interface IdGrammar {
  /** An id at a position. */
  readonly task: RegExp;
  /** An id that can be nothing else, as `T012`; `1.5` may be a number. Also matches what `task` does. */
  readonly sure: RegExp;
  /** The number of a phase, after the word "phase". */
  readonly phase: RegExp;
}

/** Ids end where a word or a longer number ends: `1.1` is not in `1.1.1` or `1.1rc2`. A dash misread as `â€“` is no word, and Chinese goes on without a blank. */
const END = String.raw`(?!(?!â€|\p{Script=Han})[\p{L}\p{N}_]|\.\p{N})`;
const PHASE = String.raw`\d{1,6}(?:\.\d{1,6})?[A-Za-z]?|[A-Z]`;

const grammar = (task: string, sure: string): IdGrammar => ({
  task: new RegExp(`(?:${task})${END}`, "uy"),
  sure: new RegExp(`(?:${sure})${END}`, "uy"),
  phase: new RegExp(`(?:${PHASE})(?!(?!â€)[\\p{L}\\p{N}_])`, "uy"),
});

const DOTTED = String.raw`\d{1,7}(?:\.\d{1,7}){1,5}[A-Za-z]?`;
const VERIFY = String.raw`VERIFY[- ]\d{1,6}`;
const SPEC_KIT = String.raw`T\d{1,7}[A-Za-z]?`;
const PRD = String.raw`\d{1,6}[A-Za-z](?:\.\d{1,7}){1,4}[A-Za-z]?|task[-_]\d{1,6}(?:[-_]\d{1,6}){0,3}[A-Za-z]?`;

/** S4: `1.2`, `1.2.3`, `1.1A`, `VERIFY-1`, and few of `P1`, `C2`, `SC-3` (FORMATS §1.2, §1.3). */
export const PLAN_FILE_IDS = grammar(`${VERIFY}|${DOTTED}|[A-Z]{1,3}-?\\d{1,5}[A-Za-z]?`, VERIFY);

/** Spec Kit: `T012`, `T012a`; other tasks.md have `1.2` (FORMATS §3.3, §3.4). */
export const SPEC_KIT_IDS = grammar(`${SPEC_KIT}|${DOTTED}`, SPEC_KIT);

/** PRDs and S3: `2A.1`, `1.2`, `task-1-1` (FORMATS §2). */
export const PRD_IDS = grammar(`${PRD}|${DOTTED}`, PRD);

/** What matches at `at`, or "". */
export function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}
