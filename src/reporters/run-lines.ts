import { formatDuration } from "../core/duration.ts";
import { oneLine } from "../core/text.ts";
import type { BudgetStanding } from "../stage/budget/standing.ts";
import { standingFacts } from "./budget-lines.ts";
import { textWidth } from "./text-width.ts";
import type { RunRecord, RunStatus } from "../ports/engine.ts";
import type { PlanHoldInfo } from "../execution/plan-message.ts";
import type { GateInfo, HoldInfo, WorkInfo } from "../stage/records.ts";
import { composeLine, wrapText, type Cell, type Style, type Tone } from "./style.ts";

/** A run with what its waits mean. */
export interface ShownRun {
  readonly record: RunRecord;
  readonly gate?: GateInfo;
  /** Who may decide at the gate; absent: whoever does. */
  readonly reviewers?: readonly string[];
  readonly hold?: HoldInfo;
  readonly work?: WorkInfo;
  readonly asks?: PlanHoldInfo;
  readonly stage?: string;
  readonly budget?: BudgetStanding;
  readonly folder: string;
}

const LABEL = 11;

const TONE: Readonly<Record<RunStatus, Tone>> = {
  pending: "quiet",
  running: "accent",
  waiting: "warn",
  completed: "good",
  failed: "bad",
  canceled: "quiet",
};

/** The status in words: what a waiting run waits for, and whether a completed one was rejected. */
export function statusText({ record, gate, hold, work }: ShownRun): string {
  const open = record.status === "waiting" || record.status === "failed";
  if (open && hold) return "held";
  if (record.status === "waiting") return gate ? "at a gate" : work ? "work to do" : "waiting";
  const { output } = record;
  const ended =
    typeof output === "object" && output !== null && "status" in output ? output["status"] : null;
  if (record.status !== "completed") return record.status;
  // A run that came to its end may have come to nothing.
  return ended === "rejected" || ended === "failed" ? ended : record.status;
}

const width = (texts: readonly string[]) => Math.max(...texts.map(textWidth)) + 2;

/** A table of runs, newest first as given. */
export function runTable(
  runs: readonly ShownRun[],
  { now, ...style }: Style & { readonly now: number },
): string[] {
  const rows = runs.map((run) => ({
    id: run.record.runId,
    status: statusText(run),
    tone: TONE[run.record.status],
    stage: oneLine(run.stage ?? "", 40),
    age: `${formatDuration(Math.max(0, now - Date.parse(run.record.createdAt)))} ago`,
    subject: oneLine(run.record.subject, 300),
  }));
  const columns = {
    id: width(["RUN", ...rows.map((row) => row.id)]),
    status: width(["STATUS", ...rows.map((row) => row.status)]),
    stage: width(["STAGE", ...rows.map((row) => row.stage)]),
    age: width(["STARTED", ...rows.map((row) => row.age)]),
  };
  const line = (cells: readonly [string, string, string, string, string], tone: Tone, all?: Tone) =>
    composeLine(style, [
      { text: cells[0], columns: columns.id, tone: all ?? "plain" },
      { text: cells[1], columns: columns.status, tone: all ?? tone },
      { text: cells[2], columns: columns.stage, tone: all ?? "plain" },
      { text: cells[3], columns: columns.age, tone: "quiet" },
      { text: cells[4], tone: all ?? "plain" },
    ]).trimEnd();
  return [
    line(["RUN", "STATUS", "STAGE", "STARTED", "SUBJECT"], "quiet", "quiet"),
    ...rows.map((row) => line([row.id, row.status, row.stage, row.age, row.subject], row.tone)),
  ];
}

/** Nobody has a pending run: it does not go on by itself. */
const hintOf = ({ status, runId }: RunRecord): string | undefined =>
  status === "pending"
    ? `No process executes it. Carry on with wavegate resume ${runId}, or leave it to a wavegate worker.`
    : undefined;

/** All there is to know of one run, but for what its gate shows. */
export function runDetail(
  run: ShownRun,
  { now, ...style }: Style & { readonly now: number },
): string[] {
  const { record, hold } = run;
  const ago = (at: string) => `${at} (${formatDuration(Math.max(0, now - Date.parse(at)))} ago)`;
  const facts: readonly (readonly [string, string | undefined, Tone?])[] = [
    ["run", record.runId, "strong"],
    ["status", statusText(run), TONE[record.status]],
    ["workflow", record.workflow],
    ["stage", run.stage === undefined ? undefined : oneLine(run.stage, 60)],
    ["subject", oneLine(record.subject, 300)],
    ["started", ago(record.createdAt)],
    ["changed", ago(record.updatedAt)],
    ["worker", record.owner && `process ${record.owner.pid} on ${oneLine(record.owner.host, 100)}`],
    ["waits for", record.wait?.name],
    ["folder", run.folder],
    ...(run.budget ? standingFacts(run.budget) : []),
    ["error", record.error && oneLine(record.error, 600), "bad"],
    ["held", hold && `${hold.code}: ${oneLine(hold.reason, 600)}`, "bad"],
    ...(hold?.failures ?? []).map((failure) => ["", oneLine(failure, 300), "bad"] as const),
    ["hint", hold?.hint ?? hintOf(record), "quiet"],
  ];
  const room = Math.max(20, style.width - LABEL);
  return facts.flatMap(([name, text, tone]) => {
    if (text === undefined || text === "") return [];
    // Sentences are broken where the terminal ends; ids and paths stay in one piece.
    const lines = tone === "bad" || tone === "quiet" ? wrapText(text, room) : [text];
    return lines.map((line, index) => {
      const cells: Cell[] = [
        { text: index === 0 ? name : "", columns: LABEL, tone: "quiet" },
        { text: line, tone: tone ?? "plain" },
      ];
      return composeLine({ ...style, width: 10_000 }, cells).trimEnd();
    });
  });
}
