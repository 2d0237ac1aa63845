/** What the kills did to the runs: the kill bench's findings, from the agents' own marks and from what is recorded. */
import { existsSync } from "node:fs";
import path from "node:path";
import { ROLES } from "./stage-engine.mjs";

/** What an agent gave this short before a kill may not be recorded yet, and is asked for again (on an idle machine). */
const GRACE_MS = 50;
const FILES = ["plan.md", "planning-summary.md"];

/**
 * What is wrong makes `problems`; what was made again because it was not recorded when its process died is told, too.
 * @param {{ engine: object, audit: object, root: string }} bench
 * @param {{ runs: readonly string[], stuck: ReadonlySet<string>, marks: readonly string[][] }} done
 * `marks`: begin, end or kill, run, call, process, milliseconds.
 */
export async function judge(bench, { runs, stuck, marks }) {
  const calls = callsOf(marks);
  const problems = [];
  const figures = {
    "agent calls that ended": calls.ended,
    "killed in the middle, made again": calls.inFlight,
    "ended up to 50 ms before the kill, made again": calls.near.length,
    "ended earlier than that, not yet recorded, made again": calls.early.length,
    "longest of both before the kill, ms": Math.max(0, ...calls.near, ...calls.early),
    "ended just before an orderly stop, made again": calls.stopped,
    "attempts refused after three deaths": 0,
    "finished steps repeated": 0,
    "outcomes lost": 0,
    "outcomes doubled": 0,
    "runs stuck": stuck.size,
  };
  problems.push(...Array.from(stuck, (runId) => `${runId} is stuck`));
  const note = (figure, problem) => {
    figures[figure] += 1;
    problems.push(problem);
  };
  const entries = await bench.audit.entries();
  for (const runId of runs) {
    const record = await bench.engine.run(runId);
    if (record?.status !== "completed" && !stuck.has(runId))
      note("runs stuck", `${runId} is ${record?.status}`);
    const { finished, refused, at } = await finishedOf(bench.engine, runId);
    figures["attempts refused after three deaths"] += refused;
    for (const [what, run, call, , begun] of marks)
      if (what === "begin" && run === runId && Number(begun) > (at.get(call) ?? Infinity))
        note("finished steps repeated", `${runId}: ${call} had finished and was made again`);
    const decided = entries.filter((e) => e.runId === runId && e.action === "approve").length;
    const seen = {
      ...Object.fromEntries(ROLES.map((role) => [role, finished.get(role) ?? 0])),
      "decision in the audit log": decided,
      "run-finished": finished.get("run") ?? 0,
    };
    for (const [what, times] of Object.entries(seen)) {
      if (times === 0) note("outcomes lost", `${runId}: no ${what}`);
      if (times > 1) note("outcomes doubled", `${runId}: ${what} ${times} times`);
    }
    for (const file of FILES)
      if (!existsSync(path.join(bench.root, runId, file)))
        note("outcomes lost", `${runId}: ${file} was not written`);
  }
  const verified = await bench.audit.verify();
  if (!verified.ok) note("outcomes lost", `audit log: ${verified.error.message}`);
  return { figures, problems };
}

/**
 * How often each role succeeded and the run finished, how many attempts were refused because processes died in them, and
 * when each call was recorded as finished.
 */
async function finishedOf(engine, runId) {
  const finished = new Map();
  const at = new Map();
  let refused = 0;
  for await (const recorded of engine.events(runId, 0)) {
    const { type, stage, role, round, attempt, outcome } = recorded.event;
    if (type === "agent-finished")
      at.set(`${stage}-${role}-r${round}-a${attempt}`, Date.parse(recorded.at));
    if (type === "agent-finished" && outcome !== "succeeded") refused += 1;
    const key = type === "run-finished" ? "run" : role;
    if (type === "run-finished" || (type === "agent-finished" && outcome === "succeeded"))
      finished.set(key, (finished.get(key) ?? 0) + 1);
  }
  return { finished, refused, at };
}

/** Of every agent call: what it was worth when another of the same followed. */
function callsOf(marks) {
  const kills = marks.filter(([what]) => what === "kill");
  const killedAt = new Map(kills.map(([, , , pid, at]) => [pid, Number(at)]));
  const found = { ended: 0, inFlight: 0, near: [], early: [], stopped: 0 };
  const byCall = new Map();
  for (const mark of marks) {
    const key = `${mark[1]} ${mark[2]}`;
    byCall.set(key, [...(byCall.get(key) ?? []), mark]);
  }
  for (const own of byCall.values()) {
    const begins = own.filter(([what]) => what === "begin");
    const ends = own.filter(([what]) => what === "end");
    found.ended += ends.length;
    found.inFlight += begins.length - ends.length;
    for (const [, , , pid, at] of ends) {
      if (!begins.some(([, , , , begun]) => Number(begun) > Number(at))) continue;
      const kill = killedAt.get(pid);
      const before = kill === undefined ? undefined : kill - Number(at);
      if (before === undefined) found.stopped += 1;
      else if (before <= GRACE_MS) found.near.push(before);
      else found.early.push(before);
    }
  }
  return found;
}
