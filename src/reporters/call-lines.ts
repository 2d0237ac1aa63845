import type { Resources } from "../core/resources.ts";
import { oneLine } from "../core/text.ts";
import { clock } from "./agent-line.ts";
import { composeLine, type Style, type Tone } from "./style.ts";
import { textWidth } from "./text-width.ts";

/** A call of an agent as `show` lists it. */
export interface ShownCall {
  readonly step: string;
  readonly agent: string;
  readonly state: "asked" | "succeeded" | "failed";
  readonly durationMs?: number;
  readonly cache?: { readonly outcome: "hit" | "miss" | "off" };
  readonly resources?: Resources;
  /** Why it failed. */
  readonly reason?: string;
}

const TONE: Readonly<Record<ShownCall["state"], Tone>> = {
  asked: "accent",
  succeeded: "good",
  failed: "bad",
};

/** The most memory its processes held, and their time on processors. */
function taken(resources: Resources | undefined): string {
  const { peakMemoryBytes = "unknown", cpuMs = "unknown" } = resources ?? {};
  return [
    ...(peakMemoryBytes === "unknown" ? [] : [`${Math.ceil(peakMemoryBytes / 2 ** 20)} MiB`]),
    ...(cpuMs === "unknown" ? [] : [`${clock(cpuMs)} CPU`]),
  ].join(", ");
}

const width = (texts: readonly string[]) => Math.max(...texts.map(textWidth)) + 2;

/** A table of calls: which step, who, what came of it, how long, and whether the answer is an earlier one; under a failed one, why. */
export function callTable(calls: readonly ShownCall[], style: Style): string[] {
  const rows = calls.map((call) => ({
    step: oneLine(call.step, 80),
    agent: oneLine(call.agent, 40),
    state: call.state === "asked" ? "running" : call.state,
    tone: TONE[call.state],
    time: call.durationMs === undefined ? "" : clock(call.durationMs),
    reason: call.state === "failed" ? oneLine(call.reason ?? "", 300) : "",
    note: call.cache?.outcome === "hit" ? "from the cache" : taken(call.resources),
  }));
  const columns = {
    step: width(["STEP", ...rows.map(({ step }) => step)]),
    agent: width(["AGENT", ...rows.map(({ agent }) => agent)]),
    state: width(["RESULT", ...rows.map(({ state }) => state)]),
  };
  const line = (row: Omit<(typeof rows)[number], "reason">, head?: Tone) =>
    composeLine(style, [
      { text: row.step, columns: columns.step, tone: head ?? "plain" },
      { text: row.agent, columns: columns.agent, tone: head ?? "quiet" },
      { text: row.state, columns: columns.state, tone: head ?? row.tone },
      { text: row.time, columns: 9, align: "right", tone: "quiet" },
      { text: row.note === "" ? "" : `  ${row.note}`, tone: head ?? "plain" },
    ]).trimEnd();
  const heads = { step: "STEP", agent: "AGENT", state: "RESULT", time: "TIME", note: "" };
  return [
    line({ ...heads, tone: "quiet" }, "quiet"),
    ...rows.flatMap((row) => [
      line(row),
      ...(row.reason === ""
        ? []
        : [composeLine(style, [{ text: `  ${row.reason}`, tone: "quiet" }]).trimEnd()]),
    ]),
  ];
}
