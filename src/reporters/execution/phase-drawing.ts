import { oneLine } from "../../core/text.ts";
import type { PreviewPhase, PreviewRow, RunPreview } from "../../execution/preview/run-preview.ts";
import { clockText } from "./clock-text.ts";
import { composeLine, symbolsOf, type Cell, type Style } from "../style.ts";
import { fitText, textWidth } from "../text-width.ts";
import { keyColumns, keysText, keyText, taskText } from "../plans/plan-words.ts";

/** Rows drawn of one phase, and of all; the rest is counted. */
const MOST_ROWS = 24;
const MOST_IN_ALL = 120;

const MARK = 3;
const BAR = 24;
const TIME = 10;

/** What stands for work on the longest way, other work, no work: told apart without colour, too. */
const BARS = {
  unicode: { critical: "█", busy: "▒", idle: "·" },
  ascii: { critical: "#", busy: "=", idle: "." },
} as const;

interface Canvas {
  readonly style: Style;
  readonly bars: (typeof BARS)[keyof typeof BARS];
  /** Minutes from the first start to the last end. */
  readonly total: number;
  /** Columns of keys. */
  readonly keys: number;
  /** A key as its own plan has it: the plan stands above. */
  readonly short: (key: string, plan: string) => string;
}

/** The graph by phase: a row for each task that is left, with a bar from its start to its end, how long, and what it waits for. */
export function phaseDrawing(preview: RunPreview, style: Style): string[] {
  const { phases, plans, estimate } = preview;
  const open = phases.map((phase) => phase.rows.filter(isLeft));
  const short = (key: string, plan: string) =>
    plans.length > 1 && key.startsWith(`${plan}:`) ? key.slice(plan.length + 1) : key;
  const canvas: Canvas = {
    style,
    bars: style.unicode ? BARS.unicode : BARS.ascii,
    total: Math.max(1, estimate.expected),
    keys:
      keyColumns(
        phases.flatMap(({ plan }, index) => (open[index] ?? []).map(({ key }) => short(key, plan))),
        14,
      ) + 1,
    short,
  };
  let room = MOST_IN_ALL;
  return [
    axisLine(canvas),
    ...phases.flatMap((phase, index) => {
      const rows = open[index] ?? [];
      const shown = Math.min(rows.length, MOST_ROWS, Math.max(0, room));
      room -= shown;
      const before = phases[index - 1];
      return [
        ...(plans.length > 1 && before?.plan !== phase.plan ? [planLine(phase.plan, canvas)] : []),
        phaseLine(phase, rows.length, canvas),
        ...rows.slice(0, shown).map((row) => rowLine(row, phase.plan, canvas)),
        ...(rows.length > shown ? [restLine(rows.slice(shown), canvas)] : []),
      ];
    }),
    composeLine(style, [
      { text: "", columns: MARK + canvas.keys + 1 },
      {
        text: `${canvas.bars.critical} on the longest way  ${canvas.bars.busy} other work`,
        tone: "quiet",
      },
    ]),
  ];
}

/** What has a time of its own, or is done with its parts. */
const isLeft = ({ start, state }: PreviewRow): boolean =>
  start !== null || (state !== "done" && state !== "skipped");

/** From 0 to the end, over the bars. */
function axisLine({ style, keys, total }: Canvas): string {
  const end = clockText(total);
  return composeLine(style, [
    { text: "", columns: MARK + keys + 1 },
    { text: "0", columns: Math.max(1, BAR - textWidth(end)), tone: "quiet" },
    { text: end, tone: "quiet" },
  ]);
}

const planLine = (name: string, { style }: Canvas): string =>
  composeLine(style, [{ text: oneLine(name, 200), tone: "accent" }]);

/** A phase: what it is, what of it is done, after which. */
function phaseLine(
  { key, title, rows, after }: PreviewPhase,
  left: number,
  { style }: Canvas,
): string {
  const { arrow } = symbolsOf(style);
  const name = key === null ? "outside of phases" : `${keyText(key)} ${oneLine(title, 200)}`.trim();
  const done = rows.length - left;
  const facts = [
    ...(done > 0 ? [left === 0 ? "done" : `${done} of ${rows.length} done`] : []),
    ...(after.length > 0 && left > 0 ? [`${arrow} after ${keysText(after, 3)}`] : []),
  ].join("  ");
  const columns = Math.max(10, style.width - textWidth(facts) - 3);
  return composeLine(style, [
    { text: ` ${fitText(name, columns - 1)}`, columns, tone: left === 0 ? "quiet" : "strong" },
    { text: `  ${facts}`, tone: "quiet" },
  ]);
}

function rowLine(row: PreviewRow, plan: string, canvas: Canvas): string {
  const { style, keys, short } = canvas;
  const { gate } = symbolsOf(style);
  const back = style.unicode ? "←" : "<-";
  const after =
    row.waitsFor.length === 0
      ? ""
      : `${back} ${keysText(
          row.waitsFor.map((key) => short(key, plan)),
          3,
        )}`;
  const time = row.parts.length > 0 ? "" : clockText(row.minutes);
  const text =
    row.parts.length > 0
      ? `with its ${row.parts.length} parts: ${taskText(row.text)}`
      : taskText(row.text);
  return composeLine(style, [
    { text: row.critical ? ` ${gate} ` : "", columns: MARK, tone: "warn" },
    {
      text: keyText(short(row.key, plan)),
      columns: keys,
      tone: row.kind === "task" ? "plain" : "quiet",
    },
    { text: " " },
    ...barCells(row, canvas),
    { text: time, columns: TIME, align: "right", tone: "quiet" },
    { text: "  " },
    { text: after === "" ? "" : `${after}  `, tone: "quiet" },
    { text },
  ]);
}

/** What is not drawn of a phase: one bar for all of it. */
function restLine(rows: readonly PreviewRow[], canvas: Canvas): string {
  const starts = rows.flatMap(({ start }) => start ?? []);
  const ends = rows.flatMap(({ end }) => end ?? []);
  const all = {
    start: starts.reduce((a, b) => Math.min(a, b), Infinity),
    end: ends.reduce((a, b) => Math.max(a, b), 0),
    critical: rows.some(({ critical }) => critical),
  };
  return composeLine(canvas.style, [
    { text: "", columns: MARK },
    { text: `+${rows.length}`, columns: canvas.keys, tone: "quiet" },
    { text: " " },
    ...barCells(starts.length === 0 ? { ...all, start: null, end: null } : all, canvas),
    { text: "  and more; --json has all", tone: "quiet" },
  ]);
}

/** A column is at work where any of it is, so that nothing short is lost. */
function barCells(
  { start, end, critical }: Pick<PreviewRow, "start" | "end" | "critical">,
  { total, bars }: Canvas,
): readonly Cell[] {
  if (start === null || end === null) return [{ text: bars.idle.repeat(BAR), tone: "quiet" }];
  const first = Math.min(BAR - 1, Math.floor((start / total) * BAR + 1e-9));
  const last = Math.min(BAR, Math.max(first + 1, Math.ceil((end / total) * BAR - 1e-9)));
  return [
    { text: bars.idle.repeat(first), tone: "quiet" },
    {
      text: (critical ? bars.critical : bars.busy).repeat(last - first),
      tone: critical ? "accent" : "plain",
    },
    { text: bars.idle.repeat(BAR - last), tone: "quiet" },
  ];
}
