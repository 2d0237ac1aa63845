/**
 * A provider that takes so many calls at once and answers 429 to the others, and workers whose agents call it: what
 * `bench/concurrency.mjs` measures and `test/real/busy-provider.test.ts` holds. Needs a built package.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openApp } from "../dist/index.js";
import { goodAnswer, SMALL_SPEC } from "../dist/testing/index.js";

const USAGE = { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" };

/** A server on the loopback that serves `room` calls at once, each in `callMs`, and refuses the others at once. */
async function startServer({ room, callMs }) {
  const seen = { served: 0, refused: 0, inFlight: 0, most: 0, first: 0, last: 0 };
  const server = createServer(async (request, response) => {
    request.resume();
    seen.first ||= performance.now();
    seen.inFlight += 1;
    seen.most = Math.max(seen.most, seen.inFlight);
    const taken = seen.inFlight <= room;
    if (taken) await sleep(callMs);
    seen.inFlight -= 1;
    seen[taken ? "served" : "refused"] += 1;
    if (taken) seen.last = performance.now();
    response.writeHead(taken ? 200 : 429, { connection: "close" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  return { url: `http://127.0.0.1:${port}/`, seen, close: () => server.close() };
}

/** An agent that asks that server; with a provider its calls are as many at once as that takes. */
const callingAgent = (url, provider) => ({
  name: "calling",
  ...(provider && { provider }),
  describe: async () => ({
    name: "calling",
    kind: "bench",
    summary: "",
    availability: { available: true, version: "1" },
    identity: null,
  }),
  async run(request) {
    const { status } = await fetch(url, { method: "POST", body: request.role });
    return status === 200
      ? { ok: true, value: { value: goodAnswer(request), usage: USAGE, outputBytes: 0 } }
      : {
          ok: false,
          error: {
            kind: "rate-limited",
            message: `status ${status}`,
            usage: USAGE,
            outputBytes: 0,
          },
        };
  },
});

/** A worker process: `WAVEGATE_BENCH` says what it works on. */
async function work() {
  const { cwd, url, provider, runs } = JSON.parse(process.env.WAVEGATE_BENCH ?? "{}");
  const app = openApp({ cwd, env: process.env, agents: [callingAgent(url, provider)] });
  const stop = new AbortController();
  process.once("message", () => stop.abort());
  process.send?.("ready");
  await app.work({ concurrency: runs, signal: stop.signal });
  await app.close();
  process.disconnect?.();
}

/**
 * So many planning stages at once, over two workers, against a provider with this room. `fixed` is the number of calls at
 * once; without it the provider's own refusals set it.
 * @returns how it went: status of each run, calls served and refused, most at once, seconds from the first call to the last answer
 */
export async function planAgainst({ room, callMs, stages, fixed }) {
  const folder = mkdtempSync(path.join(tmpdir(), "wavegate-narrow-"));
  // As root the database runs as another account, which must be able to pass through.
  chmodSync(folder, 0o755);
  const cwd = path.join(folder, "project");
  mkdirSync(path.join(cwd, "specs/001"), { recursive: true });
  writeFileSync(path.join(cwd, "specs/001/spec.md"), SMALL_SPEC);
  const limits = fixed === undefined ? "" : `limits: { agents: ${fixed} }\n`;
  writeFileSync(
    path.join(cwd, "wavegate.config.yaml"),
    `resources: ample\nstages: { planning: { concurrency: 4 } }\n${limits}`,
  );
  const env = { ...process.env, WAVEGATE_HOME: path.join(folder, "home") };
  const server = await startServer({ room, callMs });
  const provider = fixed === undefined ? "narrow" : undefined;
  const app = openApp({ cwd, env, agents: [callingAgent(server.url, provider)] });
  const workers = [];
  try {
    const request = { spec: "specs/001", agent: "calling", detach: true };
    const ids = [];
    for (let stage = 0; stage < stages; stage++) ids.push((await app.plan(request)).runId);
    for (let worker = 0; worker < 2; worker++) {
      const WAVEGATE_BENCH = JSON.stringify({ cwd, url: server.url, provider, runs: stages / 2 });
      workers.push(fork(import.meta.filename, { env: { ...env, WAVEGATE_BENCH } }));
    }
    const ends = await Promise.all(ids.map((id) => app.settled(id)));
    const { served, refused, most, first, last } = server.seen;
    const statuses = ends.map(({ record }) => record.wait?.kind ?? record.status);
    const partial = ends.flatMap(({ gate }) => gate?.figures.partial ?? []);
    return { statuses, partial, served, refused, most, seconds: (last - first) / 1_000 };
  } finally {
    const ended = workers
      .filter(({ exitCode }) => exitCode === null)
      .map((worker) => once(worker, "exit"));
    for (const worker of workers) if (worker.connected) worker.send("stop");
    await Promise.all(ended);
    await app.close();
    await app.database.stop();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.env.WAVEGATE_BENCH !== undefined) await work();
