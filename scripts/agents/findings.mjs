/** What a stage of the test came to, by its events, its requests and its files. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { WRONG } from "./scripted-model.mjs";

export const eventsOf = (lines, type) =>
  lines.flatMap(({ event }) => (event?.type === type ? [event] : []));

/** Sum of what is known, and whether all of it is. */
const sum = (values) => {
  const known = values.filter((value) => typeof value === "number");
  return known.length === 0 ? "unknown" : known.reduce((all, value) => all + value, 0);
};

/** What events and requests say of a stage that went to its gate. */
export function stageFindings({ code, lines, stderr, server, counts = () => true }, must) {
  const finished = eventsOf(lines, "agent-finished");
  // The first wrong answer is a call that failed, as it is asked for once more.
  const failed = finished.filter(
    ({ outcome, role, reason = "" }) =>
      outcome === "failed" && !(role === WRONG && reason.includes("asked once more")),
  );
  must(code === 4, `exit code ${code} instead of 4: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  must(eventsOf(lines, "gate-opened").length === 1, "no gate was opened");
  must(
    failed.length === 0,
    `calls failed: ${failed.map(({ role, reason }) => `${role}: ${reason}`).join("; ")}`,
  );
  const told = server.records.flatMap(({ usage, asked }) =>
    usage && counts(asked) ? [usage] : [],
  );
  const first = server.records.find(
    ({ turn }) => turn?.label !== undefined && turn.label !== "aside",
  );
  return {
    calls: finished.length,
    requests: server.records.length,
    labels: server.records.flatMap(({ turn }) => (turn?.label === undefined ? [] : [turn.label])),
    firstRequestBytes: first?.bytes ?? 0,
    asked: server.records.flatMap(({ asked, turn, bytes }) =>
      asked ? [{ label: turn?.label, model: asked.model, tools: asked.tools.length, bytes }] : [],
    ),
    reported: usageSum(finished.map(({ usage }) => usage)),
    scripted: {
      input: sum(told.map(({ input }) => input)),
      output: sum(told.map(({ output }) => output)),
      reasoning: sum(told.map(({ reasoning }) => reasoning)),
    },
    startMs: Math.min(...finished.map(({ durationMs }) => durationMs)),
    cpuMs: median(finished.flatMap(({ resources }) => known(resources?.cpuMs))),
    peakMemoryBytes: Math.max(
      0,
      ...finished.flatMap(({ resources }) => known(resources?.peakMemoryBytes)),
    ),
  };
}

const known = (value) => (typeof value === "number" ? [value] : []);
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const usageSum = (usages) => ({
  input: sum(usages.map(({ inputTokens }) => inputTokens)),
  output: sum(usages.map(({ outputTokens }) => outputTokens)),
  costUsd: sum(usages.map(({ costUsd }) => costUsd)),
});

export function usageProblems({ tells }, { reported, scripted }, must) {
  const { input, output, reasoning } = scripted;
  const wanted = {
    sum: { input, output },
    "no reasoning": { input, output: output - reasoning },
    unknown: { input: "unknown", output: "unknown" },
  }[tells];
  must(
    reported.input === wanted.input && reported.output === wanted.output,
    `usage ${reported.input}/${reported.output} is not ${wanted.input}/${wanted.output}`,
  );
}

/** The wrong answer was corrected: by the agent itself, told by its tool, or by one more asking. */
export function correctionProblems(server, found, must) {
  const again = found.labels.filter((label) => label === `${WRONG} again`).length;
  const requests = found.labels.filter((label) => label.startsWith(WRONG)).length;
  found.corrected = again > 0 ? "asked again" : "in the session";
  must(requests >= 2, "the wrong answer was not corrected");
}

/** A file of the project that nobody is to change. */
export const NOTES = "Notes\n";

/** The agent asked for a permission, was answered by the policy, and wrote nothing that it was not to write. */
export function permissionProblems(place, found, must) {
  const asked = transcripts(path.join(place.cwd, ".wavegate/runs"))
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.startsWith('{"type":"permission"'))
    .map((line) => JSON.parse(line));
  found.permissions = {
    allowed: asked.filter(({ allowed }) => allowed).length,
    denied: asked.filter(({ allowed }) => !allowed).length,
  };
  must(asked.length > 0, "no permission was asked for");
  must(
    !readdirSync(place.cwd).includes("unwanted.txt") &&
      readFileSync(path.join(place.cwd, "notes.md"), "utf8") === NOTES,
    "a file was written that the policy denies",
  );
}

const transcripts = (folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("transcript.jsonl"))
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
