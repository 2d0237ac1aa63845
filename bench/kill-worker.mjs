/**
 * One process of the kill bench: carry a run on until it waits or ends. Arguments: folder, run id, file for marks, `claim`
 * or `work`. Every agent call leaves a mark when it begins and when it ends.
 */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { openStageEngine } from "./stage-engine.mjs";

const [folder = "", runId = "", marks = "", how = "claim"] = process.argv.slice(2);
const AGENT_MS = 40;

const mark = (what, role) => appendFileSync(marks, `${what} ${runId} ${role} ${Date.now()}\n`);
const bench = await openStageEngine({
  agentMs: AGENT_MS,
  folder,
  home: path.join(folder, "home"),
  onCall: (role) => mark("begin", role),
  onEnd: (role) => mark("end", role),
});

const known = await bench.engine.run(runId);
if (known?.wait?.kind === "gate") {
  const { name, token } = known.wait;
  const value = {
    kind: "approve",
    by: "bench",
    digest: token,
    at: new Date(0).toISOString(),
    reason: null,
    changes: null,
    edits: null,
  };
  await bench.engine.answer({ runId, wait: name, token, value });
}
const afterWait = known?.wait?.name;
if (!known) await bench.start(runId, how === "work" ? "any-worker" : "here");
if (how === "work") {
  const stop = new AbortController();
  void bench.engine.work({ concurrency: 4, signal: stop.signal });
  await bench.engine.settled(runId, afterWait === undefined ? {} : { afterWait });
  stop.abort();
} else {
  if (known) await bench.engine.claim(runId);
  await bench.engine.settled(runId, afterWait === undefined ? {} : { afterWait });
}
const { status } = await bench.engine.run(runId);
process.stdout.write(`${status}\n`);
await bench.close();
