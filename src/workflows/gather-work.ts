import type { Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import type { FileChange } from "../execution/file-change.ts";
import { landingMessage } from "../execution/landing-message.ts";
import type { GatherOutcome } from "../execution/landing-queue.ts";
import { protectedKind } from "../execution/protected-changes.ts";
import type { Question } from "../execution/task-state.ts";
import type { AttemptContext, Steps } from "../ports/engine.ts";
import type { ConflictSide, LandingFailure, Merged } from "../ports/landing.ts";
import type { FileChange as WorkChange } from "../ports/workspaces.ts";
import type { LandBatchItem } from "./landing-batch.ts";
import type { LandingPorts } from "./landing-ports.ts";

export interface GatherWork {
  readonly name: string;
  readonly head: string;
  readonly items: readonly LandBatchItem[];
  /** When the batch began, in milliseconds since the epoch: the date of its commits, however often they are made. */
  readonly startedAt: number;
}

/** What a person or an agent is told of work that does not land. */
export type Trouble = {
  readonly task: string;
  readonly question: Question;
  readonly sides: readonly ConflictSide[];
};

/** What is journaled of it. */
export type GatheredWork = {
  readonly head: string;
  readonly outcomes: readonly GatherOutcome[];
  readonly trouble: readonly Trouble[];
};

/** Put the work of tasks on a head. What may not land without a person's word is told apart from what can't be merged. */
export function gatherWork(
  { landing }: LandingPorts,
  steps: Steps,
  { name, head, items, startedAt }: GatherWork,
): Promise<Result<GatheredWork, LandingFailure>> {
  const { runId } = steps;
  const request = {
    runId,
    head,
    at: Math.floor(startedAt / 1000),
    items: items.map(({ task, title, attempt, commit, base, verified }) => ({
      task,
      work: commit,
      base,
      message: landingMessage({ runId, task, title, attempt, verified }),
    })),
  };
  return steps.attempt({ name }, async (context) => {
    const result = await landing.gather(request, context.signal);
    goOn(context);
    if (!result.ok) return result;
    const judged = result.value.outcomes.map((merged, index) =>
      judge(merged, new Set(items[index]?.shown)),
    );
    const value: GatheredWork = {
      head: result.value.head,
      outcomes: judged.map(({ outcome }) => outcome),
      trouble: judged.flatMap(({ trouble }) => (trouble ? [trouble] : [])),
    };
    return { ok: true, value } as const;
  });
}

/** Cut short by a drain, a cancel or a takeover: no outcome, so that it is done again. What the run ended goes on. */
export function goOn({ ended, signal }: AttemptContext): void {
  if (!ended) signal.throwIfAborted();
}

function judge(
  merged: Merged,
  shown: ReadonlySet<string>,
): { readonly outcome: GatherOutcome; readonly trouble?: Trouble } {
  const { task, kind } = merged;
  if (kind === "nothing") return { outcome: { kind, task } };
  if (kind === "conflict") {
    const { paths, sides } = merged;
    const question = { kind, message: conflictWords(paths), paths: [...paths] } as const;
    return { outcome: { kind, task }, trouble: { task, question, sides } };
  }
  const question = whyAsked(merged.changes, shown);
  return question
    ? { outcome: { kind: "refused", task }, trouble: { task, question, sides: [] } }
    : { outcome: { kind, task, commit: merged.commit } };
}

/** A merge may give a path another place than the task gave it, so that what was fine there leads out here. */
function whyAsked(
  changes: readonly WorkChange[],
  shown: ReadonlySet<string>,
): Question | undefined {
  const guarded = changes
    .filter(({ path }) => !shown.has(path))
    .flatMap((change) => {
      const kind = protectedKind(changeOf(change));
      return kind ? [{ path: change.path, words: kind.words }] : [];
    });
  const [first] = guarded;
  if (!first) return undefined;
  const message = `${oneLine(first.path, 120)} ${first.words}${more(guarded.length)}.`;
  return { kind: "protected-change", message, paths: guarded.map(({ path }) => path) };
}

/** A change as git tells it, in the terms in which results are judged. */
function changeOf({ path, before, after, target }: WorkChange): FileChange {
  const change = before === null ? "added" : after === null ? "deleted" : "modified";
  return {
    path,
    change,
    ...(before !== null && { before }),
    ...(after !== null && { after }),
    ...(target !== undefined && { target }),
  };
}

const conflictWords = (paths: readonly string[]): string =>
  `It does not fit what landed meanwhile: ${oneLine(paths[0] ?? "", 120)}${more(paths.length)}.`;

const more = (count: number) => (count > 1 ? ` (and ${count - 1} more)` : "");
