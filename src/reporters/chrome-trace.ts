import type { Span } from "../history/trace/span.ts";

/**
 * A trace in Chrome's trace event format, which chrome://tracing, Perfetto (ui.perfetto.dev) and speedscope open. Spans that
 * overlap are on lines of their own: the run, each stage with what waits for people, and each role with its calls.
 * Times are in microseconds since the run began.
 */
export function chromeTrace(runId: string, spans: readonly Span[]): string {
  const from = Math.min(...spans.map(({ startMs }) => startMs));
  const last = Math.max(
    ...spans.flatMap(({ startMs, end, events }) => [startMs, end?.ms ?? 0, events.at(-1)?.at ?? 0]),
  );
  const lanes = new Map<string, number>();
  const laneOf = (span: Span): number => {
    const name = laneName(span);
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

/** Roles run beside each other, so each has a line; the rest is nested. */
function laneName({ key, kind }: Span): string {
  const role = /^(stage\/\d+)\/role\/([^/]+)\//.exec(key)?.[2];
  if (role !== undefined) return role;
  return kind === "run" ? "run" : "stages, gates and holds";
}
