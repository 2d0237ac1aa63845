import { costText } from "./budget-lines.ts";
import { oneLine } from "../core/text.ts";
import { textWidth } from "./text-width.ts";
import { agentLine, clock, columnsFor, type Columns, type FrameOptions } from "./agent-line.ts";
import type { AgentRow, LiveView, StageView } from "./live-view.ts";
import { pauseLines, STEPS, stepLines } from "./step-lines.ts";
import { composeLine, symbolsOf, type Style } from "./style.ts";

/**
 * The live view as lines, each at most `width` columns: a heading, then for the current stage a row per agent and
 * per step. Pure: the time comes in. When there are more rows than room, settled and pending ones are counted instead.
 */
export function renderFrame(view: LiveView, options: FrameOptions): string[] {
  const stage = view.stages.at(-1);
  const earlier = view.stages.slice(0, -1).map((done) => earlierLine(done, options));
  const foot = view.end ? ["", endLine(view.end.event, options)] : [];
  if (!stage) return [...headLines(view, stage, options), ...foot];
  const columns = columnsFor([...stage.specialists, ...stage.later], STEPS, options);
  const paused = stage.work !== undefined || (stage.hold !== undefined && !stage.started);
  const steps = paused ? pauseLines(stage, columns, options) : stepLines(stage, columns, options);
  const head = [...headLines(view, stage, options), ...earlier];
  const room =
    options.height === undefined ? undefined : options.height - head.length - foot.length;
  const rows = specialistLines(stage, columns, options, room && room - steps.length - 1);
  const lines = [...head, ...rows, ...(paused ? [] : [""]), ...steps, ...foot];
  return options.height === undefined ? lines : lines.slice(0, Math.max(1, options.height));
}

function headLines(view: LiveView, stage: StageView | undefined, options: FrameOptions): string[] {
  const { dot } = symbolsOf(options);
  const end = view.end?.at ?? options.now;
  const elapsed = view.startedAt === undefined ? "" : clock(end - view.startedAt);
  const title = stage?.name ?? "wavegate";
  const room = Math.max(0, options.width - textWidth(title) - textWidth(elapsed) - 4);
  const facts = stage?.started
    ? [`${stage.started.concurrency} at once`, stage.started.profile, ...slowedFact(stage, options)]
    : [];
  const spent = view.budget ? [costText(view.budget)] : [];
  return [
    composeLine(options, [
      { text: ` ${title}`, tone: "strong" },
      { text: `  ${oneLine(view.subject, 200)}`, columns: room + 2 },
      { text: ` ${elapsed}`, tone: "quiet" },
    ]),
    composeLine(options, [
      { text: view.runId === "" ? " starting" : ` run ${view.runId}`, tone: "quiet" },
      { text: [...facts, ...spent].map((fact) => `  ${dot} ${fact}`).join(""), tone: "quiet" },
    ]),
    "",
  ];
}

/** Places come back without being told of: what was said of them is shown for as long. */
const SLOWED_FOR_MS = 60_000;

/** `anthropic slowed to 2`, or while it lets nobody call `anthropic closed for 0:30`. */
function slowedFact({ slowed }: StageView, { now }: FrameOptions): readonly string[] {
  if (!slowed) return [];
  const { provider, to, waitMs } = slowed.event;
  const name = oneLine(provider, 40);
  const closedMs = slowed.at + waitMs - now;
  if (closedMs > 0) return [`${name} closed for ${clock(closedMs)}`];
  return to === null || now - slowed.at > SLOWED_FOR_MS ? [] : [`${name} slowed to ${to}`];
}

function earlierLine(stage: StageView, options: FrameOptions): string {
  const { good, retry, pending } = symbolsOf(options);
  const { name, voided, passedOver } = stage;
  if (voided)
    return composeLine(options, [
      { text: ` ${retry} `, tone: "warn" },
      { text: `${name}  void`, tone: "quiet" },
    ]);
  if (passedOver)
    return composeLine(options, [
      { text: ` ${pending} `, tone: "quiet" },
      { text: `${name}  not needed: ${oneLine(passedOver.reason, 200)}`, tone: "quiet" },
    ]);
  return composeLine(options, [{ text: ` ${good} `, tone: "good" }, { text: name }]);
}

/** States by how much their rows are worth seeing when not all fit, most first. */
const WORTH: readonly AgentRow["state"][] = [
  "failed",
  "retrying",
  "running",
  "partial",
  "pending",
  "succeeded",
];

function specialistLines(
  stage: StageView,
  columns: Columns,
  options: FrameOptions,
  room: number | undefined,
): string[] {
  const rows = stage.specialists;
  const all = room === undefined || rows.length <= room;
  const shown = new Set(
    all
      ? rows
      : rows
          .toSorted((a, b) => WORTH.indexOf(a.state) - WORTH.indexOf(b.state))
          .slice(0, Math.max(1, room - 1)),
  );
  const lines = rows.filter((row) => shown.has(row)).map((row) => agentLine(row, columns, options));
  const hidden = rows.filter((row) => !shown.has(row));
  if (hidden.length === 0) return lines;
  const count = (state: AgentRow["state"]) => hidden.filter((row) => row.state === state).length;
  const parts = WORTH.map((state) => [count(state), state] as const)
    .filter(([many]) => many > 0)
    .map(([many, state]) => `${many} ${state}`);
  const text = `   and ${hidden.length} more: ${parts.join(", ")}`;
  return [...lines, composeLine(options, [{ text, tone: "quiet" }])];
}

function endLine({ status, message }: NonNullable<LiveView["end"]>["event"], style: Style): string {
  const { good, bad } = symbolsOf(style);
  const [symbol, tone] =
    status === "completed" ? ([good, "good"] as const) : ([bad, "bad"] as const);
  return composeLine(style, [
    { text: ` ${symbol} `, tone },
    { text: `${status}: `, tone },
    { text: oneLine(message, 300) },
  ]);
}
