import type { RunEvent } from "../../core/event.ts";
import { callTable } from "../../reporters/call-lines.ts";
import { ExecutionRecorder } from "../../history/execution/record-execution.ts";
import { executionLines } from "../../reporters/execution/execution-lines.ts";
import { executionReport } from "../../reporters/execution/execution-report.ts";
import { gateLines } from "../../reporters/gate-lines.ts";
import { workLines } from "../../reporters/work-lines.ts";
import { sandboxLines, type SandboxChecked } from "../../reporters/sandbox-line.ts";
import { ruleLines } from "../../reporters/rule-lines.ts";
import { runDetail } from "../../reporters/run-lines.ts";
import { runReport } from "../../reporters/run-report.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

type RuleFired = Extract<RunEvent, { readonly type: "rule-fired" }>;

/** Show one run, with what its gate shows if it waits at one. */
export async function show(this: Cli, flags: CommonFlags, name: string): Promise<void> {
  const app = await this.app();
  const run = await app.show(name);
  const { gate, work, record, reviewers } = run;
  const calls = await app.calls(record.runId);
  const rules: RuleFired[] = [];
  const sandboxes: SandboxChecked[] = [];
  const plans = new ExecutionRecorder();
  for await (const recorded of app.events(record.runId, 0)) {
    plans.take(recorded);
    const { event } = recorded;
    if (event.type === "rule-fired") rules.push(event);
    if (event.type === "sandbox-checked") sandboxes.push(event);
  }
  const execution = plans.history;
  const now = this.io.ticker.now();
  const artifacts = gate ? await app.proposal(record.runId) : [];
  printResult(this, flags, {
    json: {
      run: runReport(run),
      rules,
      sandboxes,
      calls,
      ...(execution ? { execution: executionReport(execution, now) } : {}),
      ...(gate ? { artifacts } : {}),
    },
    lines: (style) => [
      ...runDetail(run, { ...style, now }),
      ...(execution ? executionLines(execution, { ...style, now }) : []),
      ...ruleLines(rules, style),
      ...sandboxLines(sandboxes, style),
      ...(calls.length > 0 ? ["", ...callTable(calls, style)] : []),
      ...(work ? ["", ...workLines({ runId: record.runId, work }, style)] : []),
      ...(gate
        ? ["", ...gateLines({ runId: record.runId, gate, artifacts, reviewers }, style)]
        : []),
    ],
  });
}
