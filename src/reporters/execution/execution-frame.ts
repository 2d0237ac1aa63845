import { formatDuration } from "../../core/duration.ts";
import { oneLine } from "../../core/text.ts";
import { asksOf } from "../../history/execution/asks.ts";
import { countsOf, executionFigures } from "../../history/execution/execution-figures.ts";
import type { ExecutionHistory } from "../../history/execution/execution-history.ts";
import { clock, type FrameOptions } from "../agent-line.ts";
import { costText } from "../budget-lines.ts";
import { plural } from "../figure-lines.ts";
import { keysText } from "../plans/plan-words.ts";
import { sessionLine } from "../session-line.ts";
import { composeLine, symbolsOf, type Cell, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { answerCommand, askFrame } from "./ask-lines.ts";
import { phaseGroups, phaseRows } from "./phase-rows.ts";
import { countCells } from "./task-marks.ts";
import { workerRows } from "./worker-rows.ts";

/** Questions that are shown whole; of the others it is told how many. */
const MOST_ASKS = 2;
const MOST_CONCERNS = 2;
const LEAST_PHASES = 2;
const LEAST_WORKERS = 2;

export interface ExecutionFrameOptions extends FrameOptions {
  /** When it is expected to end (`expectedEnd`), in milliseconds since the epoch: too much to compute for each frame. */
  readonly expectedEnd?: number | undefined;
}

/**
 * A run that carries out plans as lines, each at most `width` columns: how far it is, phases with a mark for each task, what workers
 * do, what is landed, and what waits for a person with the command. Where there is no room for all, phases and then workers
 * are counted instead; questions stay.
 */
export function executionFrame(
  history: ExecutionHistory,
  options: ExecutionFrameOptions,
): string[] {
  const head = headLines(history, options);
  const foot = apart([
    landingLines(history, options),
    concernLines(history, options),
    askSection(history, options),
    endLines(history, options),
  ]);
  const groups = phaseGroups(history);
  const over = history.end !== undefined;
  const free =
    options.height === undefined ? Infinity : options.height - head.length - foot.length - 1;
  const rows = over
    ? []
    : workerRows(history, { ...options, room: workerRoom(free, groups.length) });
  const workers = rows.length > 0 ? ["", ...rows] : [];
  const room = Math.max(LEAST_PHASES, free - workers.length);
  const phases = phaseRows(groups, { ...options, room });
  return fitted([...head, "", ...phases, ...workers], foot, options.height);
}

const withText = (lines: readonly string[]) => lines.filter((line) => line !== "");

/** Empty lines go first, then what is above the end: what waits for a person stays. */
function fitted(above: readonly string[], foot: readonly string[], height = Infinity): string[] {
  if (above.length + foot.length <= height) return [...above, ...foot];
  const kept = withText(foot).slice(-Math.max(1, height - 1));
  return [...withText(above).slice(0, Math.max(0, Math.floor(height) - kept.length)), ...kept];
}

/** Sections with an empty line before each. */
const apart = (sections: readonly (readonly string[])[]): readonly string[] =>
  sections.flatMap((lines) => (lines.length > 0 ? ["", ...lines] : []));

/** Half of what is free, or what phases leave. */
const workerRoom = (free: number, phases: number): number =>
  Math.max(LEAST_WORKERS, Math.floor(free / 2), free - phases - 1);

function headLines(history: ExecutionHistory, options: ExecutionFrameOptions): string[] {
  const { dot } = symbolsOf(options);
  const elapsed = clock((history.endedAt ?? options.now) - history.startedAt);
  const title = "run";
  const room = Math.max(0, options.width - title.length - textWidth(elapsed) - 4);
  const facts = [
    history.pattern,
    plural(history.workers, "worker"),
    ...(history.budget ? [costText(history.budget)] : []),
  ];
  return [
    composeLine(options, [
      { text: ` ${title}`, tone: "strong" },
      { text: `  ${oneLine(history.subject, 200)}`, columns: room + 2 },
      { text: ` ${elapsed}`, tone: "quiet" },
    ]),
    composeLine(options, [
      { text: ` ${history.runId}`, tone: "quiet" },
      { text: facts.map((fact) => `  ${dot} ${oneLine(fact, 100)}`).join(""), tone: "quiet" },
    ]),
    "",
    tallyLine(history, options),
  ];
}

const BAR = 16;

function tallyLine(history: ExecutionHistory, options: ExecutionFrameOptions): string {
  const { full, rest, dot } = symbolsOf(options);
  const counts = countsOf(history);
  const all = history.tasks.size;
  const settled = counts.done + counts.skipped;
  const exact = all === 0 ? 0 : Math.floor((settled / all) * BAR);
  const filled = settled > 0 ? Math.max(1, exact) : 0;
  const { expectedEnd } = options;
  const cells: Cell[] = countCells(counts).flatMap(({ text, tone }) => [
    { text: `  ${dot} `, tone: "quiet" },
    { text, tone },
  ]);
  return composeLine(options, [
    { text: " " },
    { text: full.repeat(filled), tone: settled === all ? "good" : "accent" },
    { text: rest.repeat(BAR - filled), tone: "quiet" },
    { text: `  ${counts.done} of ${all} done`, tone: "strong" },
    ...(expectedEnd === undefined || history.end || settled === all
      ? []
      : ([
          { text: `  ${dot} ends in about ${aboutText(expectedEnd - options.now)}`, tone: "quiet" },
        ] as const)),
    ...cells,
  ]).trimEnd();
}

/** A duration that is a guess: whole minutes, or seconds where there are few. */
const aboutText = (ms: number): string =>
  ms < 90_000
    ? `${Math.max(1, Math.round(ms / 1_000))} s`
    : formatDuration(Math.round(ms / 60_000) * 60_000);

/** What is merged and tested now, what waits for it, and how much was landed. */
function landingLines(history: ExecutionHistory, options: FrameOptions): string[] {
  const { landings, tasks } = history;
  const under = landings.findLast(({ to }) => to === undefined);
  const inBatch = new Set(under?.tasks);
  const waiting = [...tasks.values()]
    .filter(({ status, planned }) => status === "landing" && !inBatch.has(planned.key))
    .toSorted((a, b) => a.since - b.since)
    .map(({ planned }) => planned.key);
  const landed = landings.reduce((sum, each) => sum + each.landed.length, 0);
  if (landings.length === 0 && waiting.length === 0) return [];
  const ended = landings.filter(({ to }) => to !== undefined).length;
  const { dot } = symbolsOf(options);
  const now =
    under && history.end === undefined
      ? [
          `batch ${under.batch} is tested: ${keysText(under.tasks, 4)}, ${clock(options.now - under.from)}`,
        ]
      : [];
  const parts = [
    ...now,
    ...(waiting.length > 0 ? [`${keysText(waiting, 4)} next`] : []),
    ...(now.length > 0 && under?.line ? [oneLine(under.line, 200)] : []),
    `${landed} landed${ended > 0 ? ` in ${ended === 1 ? "1 batch" : `${ended} batches`}` : ""}`,
  ];
  return [
    composeLine(options, [
      { text: " landing  ", tone: "quiet" },
      { text: parts.join(`  ${dot} `), tone: now.length > 0 ? "plain" : "quiet" },
    ]).trimEnd(),
  ];
}

/** What somebody has to see to, the last first; of more than a few it is told how many. */
function concernLines({ concerns, end }: ExecutionHistory, options: FrameOptions): string[] {
  if (end || concerns.length === 0) return [];
  const shown = concerns.toReversed().slice(0, MOST_CONCERNS);
  const left = concerns.length - shown.length;
  const { partial } = symbolsOf(options);
  return [
    ...shown.map(({ event }) =>
      composeLine(options, [{ text: ` ${partial} ${sessionLine(event)}`, tone: "warn" }]).trimEnd(),
    ),
    ...(left > 0 ? [quiet(`   and ${left} more`, options)] : []),
  ];
}

function askSection(history: ExecutionHistory, options: FrameOptions): string[] {
  const asks = asksOf(history);
  const { runId, held, points, end } = history;
  if (end) return [];
  const shown = asks
    .slice(0, MOST_ASKS)
    .flatMap((ask) => askFrame(ask, { runId, now: options.now }, options));
  const left = asks.length - MOST_ASKS;
  const { gate } = symbolsOf(options);
  const reached = points.flatMap((point) => [
    composeLine(options, [
      { text: ` ${gate} `, tone: "warn" },
      { text: `sync point ${oneLine(point, 60)} waits for a person` },
    ]).trimEnd(),
    composeLine(options, [
      { text: `   ${answerCommand(runId, point, "allow")}`, tone: "accent" },
    ]).trimEnd(),
  ]);
  const stands =
    held && asks.length === 0 && points.length === 0
      ? [` ${gate} ${oneLine(held.reason, 300)}`, `   ${oneLine(held.hint, 300)}`].map((text) =>
          composeLine(options, [{ text, tone: "warn" }]).trimEnd(),
        )
      : [];
  return [
    ...shown,
    ...(left > 0 ? [quiet(`   and ${left} more: wavegate show ${runId}`, options)] : []),
    ...reached,
    ...stands,
  ];
}

const quiet = (text: string, style: Style): string =>
  composeLine(style, [{ text, tone: "quiet" }]).trimEnd();

const share = (part: number) => `${Math.round(part * 100)} %`;

function endLines(history: ExecutionHistory, options: FrameOptions): string[] {
  const { end } = history;
  if (!end) return [];
  const { good, bad } = symbolsOf(options);
  const fine = end.status === "completed";
  const figures = executionFigures(history, options.now);
  return [
    quiet(
      ` ${plural(history.workers, "worker")} busy ${share(figures.utilisation)} of the time, overhead ${share(figures.overhead)}, ${figures.speedUp.toFixed(1)} times one by one`,
      options,
    ),
    "",
    composeLine(options, [
      { text: ` ${fine ? good : bad} ${end.status}: `, tone: fine ? "good" : "bad" },
      { text: oneLine(end.message, 300) },
    ]).trimEnd(),
  ];
}
