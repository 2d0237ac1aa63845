import { formatDuration } from "../../core/duration.ts";
import { oneLine } from "../../core/text.ts";
import { asksOf } from "../../history/execution/asks.ts";
import { compareWithPlan, expectedEnd } from "../../history/execution/compare-with-plan.ts";
import { executionFigures } from "../../history/execution/execution-figures.ts";
import type { ExecutionHistory, NotedEvent } from "../../history/execution/execution-history.ts";
import { clock } from "../agent-line.ts";
import { factLines, plural } from "../figure-lines.ts";
import { keyColumns, keyText, prose, taskText } from "../plans/plan-words.ts";
import { planRunLine } from "../plan-run-line.ts";
import { sessionLine } from "../session-line.ts";
import { composeLine, paint, type Style } from "../style.ts";
import { answerCommand, askLines } from "./ask-lines.ts";
import { PART_WORDS } from "./chain-words.ts";
import { phaseGroups, phaseRows } from "./phase-rows.ts";
import { countCells, standingSymbol, standingTone } from "./task-marks.ts";

type Watched = Style & { readonly now: number };

const MOST_TASKS = 40;
const MOST_NOTES = 5;

/** How a run that carries out plans stands, for `show`: what waits for a person with every answer, phases, tasks, figures. */
export function executionLines(history: ExecutionHistory, style: Watched): string[] {
  const asks = history.end ? [] : asksOf(history);
  const { runId } = history;
  return [
    ...asks.flatMap((ask) => ["", ...askLines(ask, { runId, now: style.now }, style)]),
    ...pointLines(history, style),
    ...history.concerns.flatMap(({ event }) => [
      "",
      ...prose(sessionLine(event), style, "warn", 1),
    ]),
    "",
    ...phaseRows(phaseGroups(history), style),
    "",
    ...taskRows(history, style),
    "",
    ...figureRows(history, style),
    ...noteLines(history.notes, style),
    "",
    paint(style, "quiet", ` one task   wavegate why ${runId} TASK`),
    paint(style, "quiet", ` as a page  wavegate trace ${runId} --format html > run.html`),
  ];
}

function pointLines({ points, held, end, runId }: ExecutionHistory, style: Style): string[] {
  if (end) return [];
  return [
    ...(held ? ["", ...prose(`${held.reason} ${held.hint}`, style, "warn", 1)] : []),
    ...points.flatMap((point) => [
      "",
      ...prose(`Sync point ${oneLine(point, 80)} waits for a person.`, style, "warn", 1),
      paint(style, "accent", `   ${answerCommand(runId, point, "allow")}`),
    ]),
  ];
}

/** Tasks that were begun or set aside, the last first where there are too many. */
function taskRows(history: ExecutionHistory, style: Watched): string[] {
  const begun = [...history.tasks.values()].filter(
    ({ attempts, status }) => attempts.length > 0 || status === "skipped",
  );
  const shown = begun.toSorted((a, b) => b.since - a.since).slice(0, MOST_TASKS);
  const kept = new Set(shown);
  const rows = begun.filter((task) => kept.has(task));
  const key = keyColumns(rows.map(({ planned }) => planned.key));
  const end = history.endedAt ?? style.now;
  const compared = new Map(
    compareWithPlan(history, end).tasks.map(({ task, activeMs }) => [task, activeMs]),
  );
  const left = begun.length - rows.length;
  return [
    ...rows.map((task) => {
      const { planned, attempts } = task;
      const attempt = attempts.at(-1);
      const again = attempt && attempt.number > 1 ? ` #${attempt.number}` : "";
      return composeLine(style, [
        { text: ` ${standingSymbol(task, style)} `, tone: standingTone(task) },
        { text: keyText(planned.key), columns: key + 2, tone: "strong" },
        { text: taskText(planned.title), columns: Math.max(12, style.width - key - 48) },
        { text: `  ${oneLine(attempt?.agent ?? "", 16)}${again}`, columns: 16, tone: "quiet" },
        { text: clock(compared.get(task) ?? 0), columns: 9, align: "right" },
        {
          text: planned.minutes > 0 ? ` of ${formatDuration(planned.minutes * 60_000)}` : "",
          columns: 14,
          tone: "quiet",
        },
      ]).trimEnd();
    }),
    ...(left > 0 ? [`   and ${left} more; --json has all`] : []),
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function figureRows(history: ExecutionHistory, style: Watched): string[] {
  const figures = executionFigures(history, style.now);
  const { plannedMinutes } = compareWithPlan(history, style.now);
  const ends = expectedEnd(history, style.now);
  const landed = history.landings.reduce((sum, each) => sum + each.landed.length, 0);
  const chain = figures.chainShares
    .filter(({ ms }) => ms > 0)
    .map(({ part, ms }) => `${PART_WORDS[part]} ${formatDuration(ms)}`);
  const counts = countCells(figures.counts).map(({ text }) => text);
  const facts: readonly (readonly [string, string])[] = [
    ["tasks", [`${figures.counts.done} of ${history.tasks.size} done`, ...counts].join(", ")],
    [
      "ended",
      history.end && history.end.status !== "completed"
        ? `${history.end.status}: ${oneLine(history.end.message, 300)}`
        : "",
    ],
    [
      history.end ? "took" : "so far",
      `${formatDuration(figures.makespanMs)}, planned ${formatDuration(plannedMinutes * 60_000)}${ends === undefined ? "" : `, ends in about ${formatDuration(Math.max(0, ends - style.now))}`}`,
    ],
    [
      "workers",
      `${history.workers}, busy ${percent(figures.utilisation)} of the time, overhead ${percent(figures.overhead)}, ${figures.speedUp.toFixed(1)} times one by one`,
    ],
    [
      "attempts",
      `${figures.attempts}${figures.lostMs > 0 ? `, ${formatDuration(figures.lostMs)} in those that came to nothing` : ""}`,
    ],
    ["landed", landed === 0 ? "" : `${landed} in ${plural(history.landings.length, "landing")}`],
    [
      "stood still",
      figures.waitedMs > 0 ? `${formatDuration(figures.waitedMs)}, for a person` : "",
    ],
    ["critical chain", chain.join(", ")],
    [
      "checkpoints",
      history.checkpoints.length === 0
        ? ""
        : `${history.checkpoints.length}, the last ${oneLine(history.checkpoints.at(-1)?.event.checkpoint ?? "", 60)}`,
    ],
    ["branch", oneLine(history.branch, 200)],
  ];
  return facts.flatMap(([name, text]) =>
    text === "" ? [] : factLines(name, text, "plain", style),
  );
}

function noteLines(
  notes: readonly { readonly at: number; readonly event: NotedEvent }[],
  style: Style,
): string[] {
  if (notes.length === 0) return [];
  const left = notes.length - MOST_NOTES;
  return [
    "",
    paint(style, "strong", " meanwhile"),
    ...notes
      .slice(-MOST_NOTES)
      .flatMap(({ event }) => prose(planRunLine(event), style, "plain", 1)),
    ...(left > 0 ? [`   and ${left} before; --json has all`] : []),
  ];
}
