import type { BoxState, Dialect } from "./model.ts";

interface Mark {
  readonly mark: string;
  readonly state: BoxState;
  /** Whether an edit may write it: the dialect's own tool then still knows the task. */
  readonly written: boolean;
}

const mark = (char: string, state: BoxState, written: boolean): Mark => ({
  mark: char,
  state,
  written,
});

/** Read alike in all dialects with boxes: the six that occur (FORMATS §3.3: 90 `[-]`, 2 `[~]`, 1 `[!]`; §1.7), and typed ticks. */
const READ: readonly (readonly [string, BoxState])[] = [
  [" ", "open"],
  ["x", "done"],
  ["X", "done"],
  ["~", "in-progress"],
  ["!", "failed"],
  ["✓", "done"],
  ["✔", "done"],
  ["☑", "done"],
  ["✅", "done"],
  ["/", "in-progress"],
  [">", "in-progress"],
];

/**
 * What each mark means, by dialect. S4's own tool drops a task whose box is neither `[ ]` nor `[x]` (FORMATS §1.2), so that is all
 * that is written there: other states are in its status.json. `[-]` is a task that was struck out, but in progress for
 * spec-workflow's tasks.md, whose reader says so itself.
 */
const MARKS: Readonly<Record<Dialect, readonly Mark[]>> = {
  "plan-file": marks("skipped", [" ", "x"]),
  "spec-kit": marks("skipped", [" ", "x", "X", "~", "-", "!"]),
  prd: marks("skipped", [" ", "x", "X"]),
  "dependency-json": [],
};

function marks(dash: BoxState, written: readonly string[]): readonly Mark[] {
  return [...READ, ["-", dash] as const].map(([char, state]) =>
    mark(char, state, written.includes(char)),
  );
}

/** What a box with this mark says; undefined where it is no box. */
export const stateOfMark = (dialect: Dialect, char: string): BoxState | undefined =>
  MARKS[dialect].find((known) => known.mark === char)?.state;

/** The marks that an edit may write for a state, the usual one first; none where the dialect's tool would then drop the task. */
export const marksOfState = (dialect: Dialect, state: BoxState): readonly string[] =>
  MARKS[dialect]
    .filter((known) => known.written && known.state === state)
    .map((known) => known.mark);

const ALL = new Set([...READ.map(([char]) => char), "-"]);

/** Whether it is a mark of a box in any dialect. */
export const isMark = (char: string): boolean => ALL.has(char);
