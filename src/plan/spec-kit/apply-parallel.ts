import { fold, placeAt } from "../../core/markdown/folded.ts";
import type { FilePlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { IdGrammar } from "../annotations/id-grammar.ts";
import { spend } from "../annotations/plan-index.ts";
import type { ParallelTasks, Task } from "../model.ts";
import type { DraftNote } from "./draft.ts";
import { endsOf, type Plot } from "./edges.ts";
import { allMarkedAt, readParallel } from "./statements/read-parallel.ts";
import { readTokens, type Target } from "./statements/tokens.ts";

/** Put what notes say runs in parallel into the plot: tasks by their ids, and all that are marked `[P]`, of phases or of all. */
export function applyParallel(
  notes: readonly DraftNote[],
  plot: Plot,
  grammar: IdGrammar,
  file: string,
): void {
  for (const note of notes) {
    const folded = fold(note.lines.map((line) => ({ line, start: 0, end: line.text.length })));
    const from = (at: number) => ({
      phase: note.phase?.key,
      place: { file, ...placeAt(folded, at) },
    });
    const marked = allMarkedAt(folded.text);
    if (marked >= 0) freeMarked(folded.text, plot, grammar, from(marked));
    for (const { tasks, beside, at } of readParallel(folded.text, grammar)) {
      const here = from(at);
      const named = tasksOf(tasks, plot, here);
      const others = tasksOf(beside, plot, here);
      if (named.length + others.length < 2 || named.length === 0) continue;
      if (!spend(plot.index, named.length * (named.length + others.length))) return;
      plot.parallel.push({ tasks: named, beside: others, place: here.place });
    }
  }
  settle(plot);
}

interface From {
  readonly phase: string | undefined;
  readonly place: FilePlace;
}

const tasksOf = (targets: readonly Target[], plot: Plot, from: From): readonly string[] => [
  ...new Set(targets.flatMap((target) => endsOf(plot, target, from).tasks)),
];

/** Of the phases that the sentence names, else of the one that it stands in, else of all. */
function freeMarked(text: string, plot: Plot, grammar: IdGrammar, from: From): void {
  const named = readTokens(text, grammar).flatMap((token) =>
    token.kind === "target" ? endsOf(plot, token.target, from).phases : [],
  );
  const phases = new Set(named.length > 0 ? named : from.phase === undefined ? [] : [from.phase]);
  for (const { key, phase, parallel } of plot.tasks.values())
    if (parallel === true && (phases.size === 0 || phases.has(phase ?? "")))
      plot.free.set(key, plot.free.get(key) ?? from.place);
}

/** A guess gives way to what is said; where the text itself orders what it says runs in parallel, that is told. */
function settle(plot: Plot): void {
  for (const { tasks, beside, place } of plot.parallel)
    for (const one of tasks)
      for (const other of [...tasks, ...beside])
        for (const [before, after] of [
          [one, other],
          [other, one],
        ] as const) {
          const id = `${before}\n${after}`;
          const edge = plot.dependencies.get(id);
          if (edge?.origin === "inferred") plot.dependencies.delete(id);
          else if (edge?.origin === "explicit") tellContradiction(plot, edge, place);
        }
}

function tellContradiction(
  plot: Plot,
  edge: { readonly dependency: string; readonly dependent: string; readonly place: FilePlace },
  place: FilePlace,
): void {
  const [one, other] = [oneLine(edge.dependent, 40), oneLine(edge.dependency, 40)];
  const already = plot.diagnostics.some(
    ({ code, message }) =>
      code === "PLAN_PARALLEL_CONTRADICTED" && message.startsWith(`${one} and ${other} `),
  );
  if (already) return;
  plot.diagnostics.push({
    code: "PLAN_PARALLEL_CONTRADICTED",
    severity: "warning",
    message: `${one} and ${other} are said to run in parallel, and elsewhere that ${one} waits for ${other}`,
    place,
    hint: "Correct one of the two; the dependency counts here.",
    related: [{ message: `${one} waits for ${other}`, place: edge.place }],
  });
}

/** The tasks, with what the text says of those that don't wait for what stands before them. */
export const withFree = (tasks: readonly Task[], plot: Plot): readonly Task[] =>
  plot.free.size === 0
    ? tasks
    : tasks.map((task) => (plot.free.has(task.key) ? { ...task, free: true } : task));

/** For a plan that says nothing of it, no property. */
export const parallelOf = ({ parallel }: Plot): { readonly together?: readonly ParallelTasks[] } =>
  parallel.length === 0 ? {} : { together: parallel };
