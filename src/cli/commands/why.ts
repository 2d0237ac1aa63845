import type { App } from "../../app/app.ts";
import { WavegateError } from "../../core/error.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { oneLine } from "../../core/text.ts";
import type { ExecutionHistory } from "../../history/execution/execution-history.ts";
import { whyOpen, whyTask, type WaitReason } from "../../history/execution/why-task.ts";
import { openTaskLines, taskWhyLines } from "../../reporters/execution/task-why-lines.ts";
import { whyLines } from "../../reporters/why-lines.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { readExecution } from "../read-execution.ts";

/**
 * Say why calls of a run asked their agents, or took an earlier answer: all of them, or those that a name stands for. Of a run that
 * carries out plans, why a task stands as it does; without a task, why those that are open have not begun.
 */
export async function why(
  this: Cli,
  flags: CommonFlags,
  name: string,
  step?: string,
): Promise<void> {
  const app = await this.app();
  const history = await readExecution(app, name);
  const told = history ? { history, apart: await exactly(app, history) } : undefined;
  if (told && step !== undefined && told.history.tasks.has(step))
    return whyOneTask(this, flags, { ...told, key: step });
  const asksStages = !told || (await app.calls(name)).length > 0;
  if (told && !asksStages && step !== undefined) throw noSuchTask(told.history, step);
  const reasons = asksStages ? await app.why(name, step) : [];
  const open = told && step === undefined ? openOf(told) : undefined;
  printResult(this, flags, {
    json: {
      ...(asksStages
        ? { calls: reasons.map(({ call, ...reason }) => ({ ...call, ...reason })) }
        : {}),
      ...(open ? { open: [...open].map(([task, reason]) => ({ task, reason })) } : {}),
    },
    lines: (style) => [
      ...(told && open ? openTaskLines(told.history, open, style) : []),
      ...(asksStages && reasons.length === 0 ? ["No agent was asked yet."] : []),
      ...(reasons.length > 0 ? whyLines(reasons, style) : []),
    ],
  });
}

type Apart = ReadonlyMap<string, WaitReason>;

/** What only the plans say: which of those at work a task is kept apart from, and over what. */
async function exactly(app: App, history: ExecutionHistory): Promise<Apart> {
  if (![...whyOpen(history).values()].some(({ kind }) => kind === "beside")) return new Map();
  const found = await app.executions.whyApart(history);
  return new Map(
    [...(found ?? [])].flatMap(([key, not]): readonly (readonly [string, WaitReason])[] => {
      if (not.kind !== "conflict" && not.kind !== "sequence" && not.kind !== "tied") return [];
      const over = not.kind === "tied" ? "" : not.over;
      return [[key, { kind: "apart", beside: not.beside, as: not.kind, over }]];
    }),
  );
}

interface Told {
  readonly history: ExecutionHistory;
  readonly apart: Apart;
}

const openOf = ({ history, apart }: Told): Apart =>
  new Map([...whyOpen(history)].map(([key, reason]) => [key, exact(reason, apart.get(key))]));

const exact = (reason: WaitReason, apart: WaitReason | undefined): WaitReason =>
  reason.kind === "beside" && apart ? apart : reason;

async function whyOneTask(
  cli: Cli,
  flags: CommonFlags,
  { history, apart, key }: Told & { readonly key: string },
): Promise<void> {
  const known = whyTask(history, key);
  if (!known) throw noSuchTask(history, key);
  const app = await cli.app();
  // Whoever is told of them wants to look at them.
  await app.executions.bring(known.task.attempts.flatMap(({ commit }) => commit ?? []));
  const { task, waitsFor, reason, ...rest } = known;
  const found = { ...known, ...(reason ? { reason: exact(reason, apart.get(key)) } : {}) };
  printResult(cli, flags, {
    json: {
      task,
      waitsFor: waitsFor.map(({ planned, status }) => ({ task: planned.key, status })),
      reason: found.reason,
      ...rest,
    },
    lines: (style) => taskWhyLines(history, found, { ...style, now: cli.io.ticker.now() }),
  });
}

function noSuchTask({ tasks, runId }: ExecutionHistory, key: string): WavegateError {
  const near = nearestName(key, [...tasks.keys()]);
  return new WavegateError("USAGE", `The run has no task "${oneLine(key, 60)}".`, {
    hint:
      near === undefined
        ? `See its tasks with: wavegate show ${runId}`
        : `Did you mean ${near}? All tasks: wavegate show ${runId}`,
  });
}
