import { restOf } from "./rest-of-line.ts";

/** A task as the original sees it. */
export interface StrictTask {
  readonly id: string;
  /** `Phase <number>: <title>`, made anew from the heading: `Phase 03` becomes `Phase 3`. */
  readonly phase: string;
  readonly description: string;
}

export interface StrictPlan {
  /** The first heading of level 1, wherever it stands; undefined where it is missing or empty. */
  readonly title: string | undefined;
  readonly tasks: readonly StrictTask[];
}

const TITLE = /^#(?=\s)/;
const PHASE = /^##\s+Phase\s+(\d+):/;
const TASK = /^-\s+\[[ x]\]\s+(\d+\.\d+(?:\.\d+)?)(?=\s)/;

/**
 * A plan file as the original's parser reads it, misreadings and all (FORMATS §1.2). Nothing here is shared with `plan/plan-file`,
 * which reads what the author meant. What it gets wrong, each seen on the recorded answers or on a probe of that tool:
 *
 * - Lines end at LF alone, and a carriage return ends no pattern: of a file with CRLF it sees no title, phase or task.
 * - Fences and comments are text like any other: boxes, headings and titles in them count.
 * - `[X]`, `[-]`, `[~]`, `[!]`, `*` and `+` bullets, bold ids, indented sub-tasks, ids like `1.1A`: not there.
 * - `### Phase 2:` and `## Phase 3 - …` are no phases, so their tasks belong to the phase before; tasks before the first phase are lost.
 * - Two phases of one number and title are one; tasks are listed in the order of the headings. A ticked box is a pending task.
 */
export function readStrictly(text: string): StrictPlan {
  const tasks: StrictTask[] = [];
  let title: string | undefined;
  let phase: string | undefined;
  for (const line of text.split("\n")) {
    title ??= TITLE.test(line) ? restOf(line.slice(1), 1) : undefined;
    const heading = PHASE.exec(line);
    const name = heading === null ? undefined : restOf(line.slice(heading[0].length), 0);
    if (name !== undefined) {
      phase = `Phase ${Number.parseInt(heading?.[1] ?? "", 10)}: ${name}`;
      continue;
    }
    const box = TASK.exec(line);
    const description = box === null ? undefined : restOf(line.slice(box[0].length), 1);
    const id = box?.[1];
    if (phase !== undefined && id !== undefined && description !== undefined)
      tasks.push({ id, phase, description });
  }
  return { title: title === "" ? undefined : title, tasks };
}
