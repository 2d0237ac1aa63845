import { placeOn, type SourceLine } from "../../core/markdown/source-lines.ts";
import { spend } from "../annotations/plan-index.ts";
import type { DraftSection } from "./draft.ts";
import { addEdge, type Plot } from "./edges.ts";
import type { MadeTask } from "./make-tasks.ts";
import { TESTS_FIRST } from "./sections.ts";

/**
 * "Write these tests first, ensure they fail": what stands under the heading after the tests waits for them, as inferred edges.
 * Only from the last tests that run together to the first tasks that do: the order of the document gives the rest, so that there is no
 * product of all tests and all tasks.
 */
export function inferTestsFirst(
  made: readonly MadeTask[],
  lines: readonly SourceLine[],
  plot: Plot,
  file: string,
): void {
  const everywhere = lines.find(
    ({ kind, text }) =>
      kind === "text" &&
      /test/iu.test(text) &&
      TESTS_FIRST.test(text) &&
      !/^\s*(?:[-*+] \[|#)/.test(text),
  );
  let run: Run | undefined;
  for (const one of made) {
    if (one.task.parent !== undefined) continue;
    const { section, phase } = one.draft;
    if (!run || run.section !== section || run.phase !== phase?.key) {
      const next: Run = { section, phase: phase?.key, tasks: [], parallel: true };
      const heading =
        run?.section?.kind === "tests" && section?.kind !== "tests" && run.phase === next.phase
          ? run.section
          : undefined;
      next.after = heading && (heading.testsFirst ?? everywhere) ? run : undefined;
      run = next;
    }
    run.tasks.push(one);
    if (run.after)
      link(run, one, plot, { file, note: run.after.section?.testsFirst ?? everywhere });
  }
}

interface Run {
  readonly section: DraftSection | undefined;
  readonly phase: string | undefined;
  readonly tasks: MadeTask[];
  /** Whether all so far are marked parallel. */
  parallel: boolean;
  after?: Run | undefined;
  /** The last tests that run together, once they are asked for. */
  last?: readonly MadeTask[];
}

/** Each edge counts as many steps, so that tens of thousands of tests before as many tasks make no product. */
const STEPS = 40;

/** The task is among the first of its section if all before it are marked parallel, and it is the very first or is marked, too. */
function link(
  run: Run,
  one: MadeTask,
  plot: Plot,
  { file, note }: { readonly file: string; readonly note: SourceLine | undefined },
): void {
  run.parallel &&= one.task.parallel === true;
  if (!note || !run.after || !(run.tasks.length === 1 || run.parallel)) return;
  const last = (run.after.last ??= lastOf(run.after.tasks));
  if (!spend(plot.index, last.length * STEPS)) return;
  const place = { file, ...placeOn(note, note.text.search(/\S/)) };
  for (const { task } of last) {
    addEdge(plot, task.key, one.task.key, {
      origin: "inferred",
      strength: "soft",
      place,
      reason: "tests are written before what they test",
    });
  }
}

function lastOf(tests: readonly MadeTask[]): readonly MadeTask[] {
  const lone = tests.findLastIndex(({ task }) => task.parallel !== true);
  return lone === tests.length - 1 ? tests.slice(-1) : tests.slice(lone + 1);
}
