import type { RunView } from "../app/app.ts";
import { gateLines } from "../reporters/gate-lines.ts";
import { workLines } from "../reporters/work-lines.ts";
import { runDetail } from "../reporters/run-lines.ts";
import { runReport } from "../reporters/run-report.ts";
import { oneLine } from "../core/text.ts";
import { judgedAtGate } from "../stage/gate.ts";
import { askDecision } from "./ask-decision.ts";
import type { ExecutionHistory } from "../history/execution/execution-history.ts";
import { readExecution } from "./read-execution.ts";
import { executionLines } from "../reporters/execution/execution-lines.ts";
import { printResult, type Cli, type CommonFlags } from "./cli.ts";
import { exitCodeOfRun } from "./exit-code.ts";
import { followRun, type Follow, type FollowFlags } from "./follow-run.ts";

/**
 * Follow a run; wherever it waits at a gate and a person sits at the terminal, show the gate, ask, and go on. Ends by
 * printing how the run stands and setting the exit code by it.
 */
export async function passGates(cli: Cli, flags: FollowFlags, follow: Follow): Promise<void> {
  let next: Follow | undefined = follow;
  while (next) {
    const { run, seq } = await followRun(cli, flags, next);
    cli.exit(exitCodeOfRun(run));
    await printStanding(cli, flags, run);
    const wait: string | undefined = await decideAtTerminal(cli, flags, run);
    next =
      wait === undefined
        ? undefined
        : { ...follow, here: true, afterWait: wait, after: seq, recap: false };
  }
}

/** Said where a question at a gate was left: what the prompt shows then looks like an answer without colours. */
export const NOTHING_DECIDED =
  "Nothing was decided; the run waits. Decide with the commands above.";

/** How the run stands, on standard output. */
export async function printStanding(cli: Cli, flags: CommonFlags, run: RunView): Promise<void> {
  const { gate, work, record, reviewers, nextSteps = [] } = run;
  const app = await cli.app();
  const artifacts = gate && !flags.json ? await app.proposal(record.runId) : [];
  const execution = flags.json || gate ? undefined : await readExecution(app, record.runId);
  printResult(cli, flags, {
    json: { type: "result", run: runReport(run) },
    lines: (style) => {
      if (gate) return gateLines({ runId: record.runId, gate, artifacts, reviewers }, style);
      if (work) return workLines({ runId: record.runId, work }, style);
      if (execution && isAboutPlans(run, execution))
        return [
          ...executionLines(execution, { ...style, now: cli.io.ticker.now() }),
          ...(record.status === "canceled"
            ? ["", ` Run ${record.runId} is canceled.`, ...nextSteps.map((step) => ` ${step}`)]
            : []),
        ];
      if (record.status === "completed") return outcomeLines(run);
      return runDetail(run, { ...style, now: cli.io.ticker.now() });
    },
  });
}

/** Whether it is the plans that stand still or ended, and not a stage after or before them. */
const isAboutPlans = ({ record, asks }: RunView, { held }: ExecutionHistory): boolean =>
  record.status !== "completed" &&
  (record.workflow === "run-plan" || asks !== undefined || held !== undefined);

/** What an ended stage says: its message, the files written, and what to do next. */
function outcomeLines({ record, nextSteps = [] }: RunView): readonly string[] {
  const output: unknown = record.output;
  const field = (name: string): unknown =>
    typeof output === "object" && output !== null
      ? Object.entries(output).find(([key]) => key === name)?.[1]
      : undefined;
  const texts = (name: string) => {
    const value = field(name);
    return Array.isArray(value) ? value.map((item) => oneLine(String(item), 400)) : [];
  };
  const message = field("message");
  return [
    typeof message === "string" ? oneLine(message, 400) : `Run ${record.runId} completed.`,
    ...texts("written").map((file) => `  wrote ${file}`),
    ...[...texts("nextSteps"), ...nextSteps].map((step, index) => `  ${index + 1}. ${step}`),
  ];
}

/** Ask for a decision where a person can be asked; gives the wait that was answered. */
async function decideAtTerminal(
  cli: Cli,
  flags: CommonFlags,
  { gate, record }: RunView,
): Promise<string | undefined> {
  const { stdin, stdout, stderr } = cli.io;
  if (!gate || flags.json || !stdin.isTTY || !stdout.isTTY || !stderr.isTTY) return undefined;
  const app = await cli.app();
  const choice = await askDecision(cli.io, await app.proposal(record.runId), {
    judged: judgedAtGate(gate.stage),
    strict: gate.strict === true,
  });
  if (!choice) {
    stderr.write(`${NOTHING_DECIDED}\n`);
    return undefined;
  }
  const request = { run: record.runId, digest: gate.digest, by: cli.io.user, ...choice };
  const decided = await app.decide(request);
  if (!decided.ok) throw decided.error;
  return decided.value.wait;
}
