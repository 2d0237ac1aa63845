/**
 * One process of the kill bench: carry a run on until it waits at its gate, or decide there and carry it on to its end.
 * Arguments: folder, run id, file for marks, `claim` (execute it here) or `work` (as any worker). Says `ready` once the
 * engine is there, and the run's status at the end. Every agent call leaves a mark when it begins and when it ends.
 */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { openStageEngine } from "./stage-engine.mjs";

const [folder = "", runId = "", marks = "", how = "claim"] = process.argv.slice(2);
const AGENT_MS = 40;

const mark = (what, call, run) =>
  appendFileSync(marks, `${what} ${run} ${call} ${process.pid} ${Date.now()}\n`);
const bench = await openStageEngine({
  agentMs: AGENT_MS,
  folder,
  home: path.join(folder, "home"),
  onCall: (call, run) => mark("begin", call, run),
  onEnd: (call, run) => mark("end", call, run),
});
const { engine } = bench;
const known = await engine.run(runId);
process.stdout.write("ready\n");

if (known?.wait?.kind === "gate") {
  const { name, token } = known.wait;
  const at = new Date(0).toISOString();
  const decision = { kind: "approve", by: "bench", digest: token, at };
  const value = { ...decision, reason: null, changes: null, edits: null };
  await engine.answer({ runId, wait: name, token, value });
}
if (!known) await bench.start(runId, how === "work" ? "any-worker" : "here");
const stop = new AbortController();
if (how === "work") void engine.work({ concurrency: 4, signal: stop.signal });
const { status } = await carryOn(known?.wait?.name);
stop.abort();
process.stdout.write(`${status}\n`);
await bench.close();

/** Another process, a worker, can have the run, and let go of it when it stops: so ask for it again and again. */
async function carryOn(afterWait) {
  for (;;) {
    if (how === "claim") await engine.claim(runId);
    const signal = AbortSignal.timeout(500);
    const options = afterWait === undefined ? { signal } : { afterWait, signal };
    const record = await engine.settled(runId, options).catch((error) => {
      if (!signal.aborted) throw error;
    });
    if (record) return record;
  }
}
