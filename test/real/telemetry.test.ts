/** OpenTelemetry (UX-03) through the built program, against a receiver in a process of its own. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createCliHarness, gateIn, lastJson, SPEC } from "./cli-harness.ts";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
});
afterAll(() => cli.close());

const RECEIVER = path.join(import.meta.dirname, "../fixtures/telemetry/otlp-receiver.mjs");

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}
interface Scoped<T> {
  readonly scopeSpans?: readonly { readonly spans: readonly T[] }[];
  readonly scopeLogs?: readonly { readonly logRecords: readonly T[] }[];
  readonly scopeMetrics?: readonly { readonly metrics: readonly { readonly name: string }[] }[];
}
interface Body {
  readonly resourceSpans?: readonly Scoped<OtlpSpan>[];
  readonly resourceLogs?: readonly Scoped<OtlpSpan>[];
  readonly resourceMetrics?: readonly Scoped<never>[];
}

async function receiver(mode = "answer") {
  const file = path.join(
    cli.folder,
    `received-${mode}-${expect.getState().currentTestName?.length}`,
  );
  const child = spawn(process.execPath, [RECEIVER, file, mode], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const port = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  const requests = () =>
    (existsSync(file) ? readFileSync(file, "utf8") : "")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { path: string; type: string; body: string });
  const bodies = () =>
    requests().map(({ body }) => JSON.parse(Buffer.from(body, "base64").toString()) as Body);
  return {
    requests,
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
    text: () =>
      requests()
        .map(({ body }) => Buffer.from(body, "base64").toString())
        .join("\n"),
    spans: () =>
      bodies().flatMap(({ resourceSpans = [] }) =>
        resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    logs: () =>
      bodies().flatMap(({ resourceLogs = [] }) =>
        resourceLogs.flatMap(({ scopeLogs = [] }) => scopeLogs.flatMap((one) => one.logRecords)),
      ),
    metrics: () =>
      bodies().flatMap(({ resourceMetrics = [] }) =>
        resourceMetrics.flatMap(({ scopeMetrics = [] }) =>
          scopeMetrics.flatMap((one) => one.metrics),
        ),
      ),
  };
}

const attribute = ({ attributes }: OtlpSpan, name: string) =>
  Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];

const spansOf = (text: string): readonly OtlpSpan[] =>
  (JSON.parse(text) as Body).resourceSpans?.flatMap(({ scopeSpans = [] }) =>
    scopeSpans.flatMap(({ spans }) => spans),
  ) ?? [];

test("a run that is killed -9, resumed and approved, in three processes, is one trace; nothing secret is in it", async () => {
  const to = await receiver();
  const secret = "hunter2hunter2";
  const env = { ...to.env, OTEL_EXPORTER_OTLP_PROTOCOL: "http/json", DEPLOY_TOKEN: secret };
  const file = cli.write(`specs/${secret}/spec.md`, SPEC);
  const running = cli.start(["plan", file, "--refresh"], { env });
  await running.saw("requirements: succeeded");
  running.child.kill("SIGKILL");
  await running.done;
  const killed = to.spans().length;
  const { runs } = lastJson(await cli.run(["runs", "--json"])) as { runs: { runId: string }[] };
  const run = runs[0]?.runId ?? "";
  const resumed = await cli.run(["resume", run], { env });
  const { digest } = gateIn(resumed);
  const atGate = to.spans().map(({ spanId }) => spanId);
  expect(to.spans().some(({ parentSpanId }) => parentSpanId === undefined)).toBe(false);
  expect((await cli.run(["approve", run, "--digest", digest], { env })).code).toBe(0);

  const spans = to.spans();
  const ids = spans.map(({ spanId }) => spanId);
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
  // Nothing was sent twice, but what was under way when its process was killed; and the last one sent only what was new.
  const later = ids.slice(killed);
  expect(new Set(later).size).toBe(later.length);
  expect(ids.slice(0, atGate.length)).toEqual(atGate);
  expect(ids.slice(atGate.length).filter((id) => atGate.includes(id))).toEqual([]);
  const roots = spans.filter(({ parentSpanId }) => !parentSpanId);
  expect(roots.map(({ name }) => name)).toEqual(["run-stage"]);
  expect(spans.filter(({ parentSpanId }) => parentSpanId && !ids.includes(parentSpanId))).toEqual(
    [],
  );
  const names = new Set(spans.map(({ name }) => name));
  for (const name of [
    "stage planning",
    "role risk",
    "role qa",
    "invoke_agent builtin",
    "gate planning",
  ])
    expect([...names]).toContain(name);
  const call = spans.find(({ name }) => name === "invoke_agent builtin");
  expect(call && attribute(call, "gen_ai.operation.name")).toBe("invoke_agent");
  expect(call && attribute(call, "gen_ai.agent.name")).toBe("builtin");

  // What is printed later is the same trace.
  const printed = await cli.run(["trace", run, "--format", "otlp"]);
  expect(
    spansOf(printed.stdout)
      .map(({ spanId }) => spanId)
      .toSorted(),
  ).toEqual([...new Set(ids)].toSorted());

  const logs = to.logs();
  expect(logs.map(({ traceId }) => traceId)).toEqual(logs.map(() => spans[0]?.traceId));
  expect(logs.filter(({ spanId }) => !ids.includes(spanId))).toEqual([]);
  const metrics = new Set(to.metrics().map(({ name }) => name));
  expect([...metrics]).toEqual(
    expect.arrayContaining([
      "gen_ai.client.operation.duration",
      "wavegate.gate.wait",
      "wavegate.run.duration",
    ]),
  );
  expect(to.text()).not.toContain(secret);
  expect(to.text()).not.toContain("balance");
});

test("protobuf is what is sent if nothing else is asked for", async () => {
  const to = await receiver();
  const file = cli.write("specs/protobuf/spec.md", SPEC);
  const planned = await cli.run(["plan", file], { env: to.env });
  const { run } = gateIn(planned);
  const [first] = spansOf((await cli.run(["trace", run, "--format", "otlp"])).stdout);
  const traces = to.requests().filter((one) => one.path === "/v1/traces");
  expect(traces.map(({ type }) => type)).toContain("application/x-protobuf");
  const id = Buffer.from(first?.traceId ?? "-", "hex");
  expect(traces.every(({ body }) => Buffer.from(body, "base64").includes(id))).toBe(true);
});

test("a collector that is not there, or never answers, costs a warning and nothing else", async () => {
  const gone = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" };
  const file = cli.write("specs/gone/spec.md", SPEC);
  const planned = await cli.run(["plan", file], { env: gone });
  expect(planned.code).toBe(4);
  expect(
    planned.stderr.match(/telemetry: nothing can be sent to [^\n]*ECONNREFUSED/g),
  ).toHaveLength(1);

  const { env, requests } = await receiver("hang");
  const approved = await cli.run(
    ["reject", gateIn(planned).run, "--digest", gateIn(planned).digest, "--reason", "no"],
    { env },
  );
  expect(approved.code).toBe(3);
  expect(approved.stderr).toContain("no answer in time");
  expect(requests().length).toBeGreaterThan(0);
});
