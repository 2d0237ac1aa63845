import { LANE } from "../history/trace/plan-spans.ts";
import type { Span } from "../history/trace/span.ts";

/**
 * A trace in Chrome's trace event format, which chrome://tracing, Perfetto (ui.perfetto.dev) and speedscope open. Times are in
 * microseconds since the run began.
 */
export function chromeTrace(runId: string, spans: readonly Span[]): string {
  const from = Math.min(...spans.map(({ startMs }) => startMs));
  const last = Math.max(
    ...spans.flatMap(({ startMs, end, events }) => [startMs, end?.ms ?? 0, events.at(-1)?.at ?? 0]),
  );
  const lanes = new Map<string, number>();
  const nameOf = laneNames(spans);
  const laneOf = (span: Span): number => {
    const name = nameOf(span);
    const lane = lanes.get(name) ?? lanes.size + 1;
    lanes.set(name, lane);
    return lane;
  };
  const at = (ms: number) => (ms - from) * 1_000;
  const events = spans.flatMap((span) => {
    const place = { pid: 1, tid: laneOf(span) };
    return [
      {
        name: span.name,
        cat: span.kind,
        ph: "X",
        ...place,
        ts: at(span.startMs),
        dur: at(span.end?.ms ?? last) - at(span.startMs),
        args: { ...span.attributes, ...(span.error === undefined ? {} : { error: span.error }) },
      },
      ...span.events.map((event) => ({
        name: event.name,
        cat: "event",
        ph: "i",
        s: "t",
        ...place,
        ts: at(event.at),
        args: event.attributes,
      })),
    ];
  });
  const names = [...lanes].map(([name, tid]) => ({
    name: "thread_name",
    ph: "M",
    pid: 1,
    tid,
    args: { name },
  }));
  const process = { name: "process_name", ph: "M", pid: 1, args: { name: `wavegate ${runId}` } };
  return JSON.stringify({ displayTimeUnit: "ms", traceEvents: [process, ...names, ...events] });
}

const endOf = ({ end }: Span): number => end?.ms ?? Infinity;

/** Attempts at tasks are in the line of their worker. Roles that run beside others have a line each; all else nests in the first one: run, stage, lead or wait, call. */
function laneNames(spans: readonly Span[]): (span: Span) => string {
  const roles = spans.filter(({ kind }) => kind === "role");
  const beside = roles.filter((one) =>
    roles.some(
      (other) =>
        other !== one &&
        other.parent === one.parent &&
        other.startMs < endOf(one) &&
        one.startMs < endOf(other),
    ),
  );
  const own = new Set(
    beside.map(({ parent, attributes }) => laneKey(parent, attributes["wavegate.role"])),
  );
  return ({ key, attributes }) => {
    const lane = attributes[LANE];
    if (typeof lane === "string") return lane;
    const [, stage, role = ""] = /^(stage\/\d+)\/role\/([^/]+)\//.exec(key) ?? [];
    return own.has(laneKey(stage, role)) ? role : "run";
  };
}

const laneKey = (stage: string | undefined, role: unknown) => JSON.stringify([stage, role]);
