import { formatDuration } from "../core/duration.ts";
import { oneLine } from "../core/text.ts";
import { textWidth } from "./text-width.ts";
import type { AgentRow } from "./live-view.ts";
import { composeLine, symbolsOf, type Style, type Tone } from "./style.ts";

export interface FrameOptions extends Style {
  /** Lines there is room for; without it, all are shown. */
  readonly height?: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Columns of the role, agent and attempt cells, so that all rows of a frame line up. */
export interface Columns {
  readonly role: number;
  readonly agent: number;
  readonly attempt: number;
}

const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(textWidth));

/** Columns that fit all rows and the names of the steps. Narrow screens show no agent names. */
export const columnsFor = (
  rows: readonly AgentRow[],
  steps: readonly string[],
  { width }: Style,
): Columns => ({
  role: Math.min(18, widest([...rows.map((row) => row.role), ...steps])) + 2,
  agent: width < 50 ? 0 : Math.min(14, widest(rows.map((row) => row.agent))) + 1,
  attempt: rows.some((row) => row.attempt > 1) ? 3 : 0,
});

/** A duration that changes as one watches: never in milliseconds, never below zero where clocks differ. */
export const clock = (ms: number): string =>
  ms < 1_000 ? `${(Math.max(0, ms) / 1_000).toFixed(1)} s` : formatDuration(ms);

/** One role: symbol, name, agent, attempt, elapsed time, last line. */
export function agentLine(row: AgentRow, columns: Columns, options: FrameOptions): string {
  const [symbol, tone] = stateSymbol(row, options);
  return composeLine(options, [
    { text: ` ${symbol} `, tone },
    { text: row.role, columns: columns.role },
    { text: row.agent, columns: columns.agent, tone: "quiet" },
    { text: row.attempt > 1 ? `#${row.attempt}` : "", columns: columns.attempt, tone: "warn" },
    { text: ran(row, options.now), columns: 9, align: "right", tone: "quiet" },
    { text: `  ${said(row, options.now)}`, tone: row.state === "failed" ? "bad" : "plain" },
  ]);
}

const spin = ({ now, ...style }: FrameOptions) => {
  const { spinner } = symbolsOf(style);
  return spinner[Math.floor(Math.max(0, now) / 100) % spinner.length] ?? "";
};

function stateSymbol(row: AgentRow, options: FrameOptions): readonly [string, Tone] {
  const symbols = symbolsOf(options);
  switch (row.state) {
    case "pending":
      return [symbols.pending, "quiet"];
    case "running":
      return [spin(options), "accent"];
    case "retrying":
      return [symbols.retry, "warn"];
    case "succeeded":
      return [symbols.good, "good"];
    case "partial":
      return [symbols.partial, "warn"];
    case "failed":
      return [symbols.bad, "bad"];
  }
}

function ran(row: AgentRow, now: number): string {
  if (row.state === "running") return row.startedAt === undefined ? "" : clock(now - row.startedAt);
  return row.durationMs === undefined ? "" : clock(row.durationMs);
}

function said(row: AgentRow, now: number): string {
  const line = oneLine(row.line, 200);
  if (row.state !== "retrying" || row.retryAt === undefined) return line;
  const wait = row.retryAt - now;
  return wait > 0 ? `again in ${clock(wait)}: ${line}` : `again now: ${line}`;
}
