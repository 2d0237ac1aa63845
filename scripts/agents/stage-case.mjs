/** One agent through a whole planning stage, and then one that is canceled; what was found, and what is wrong with it. */
import { createHash } from "node:crypto";
import { SMALL_SPEC, startModelServer } from "../../dist/testing/index.js";
import { binsOf } from "./install-programs.mjs";
import {
  correctionProblems,
  eventsOf,
  NOTES,
  permissionProblems,
  stageFindings,
  usageProblems,
} from "./findings.mjs";
import { put } from "./put.mjs";
import { flawless, wrongAtFirst } from "./scripted-model.mjs";
import { homeless, processesOf, startWavegate, wavegate } from "./wavegate-in.mjs";

const SPEC = "specs/001-pocket-money/spec.md";

/** A project and a home for a case. Documents of the run are compared with those of the built-in agent. */
function prepare(each, { cache }, url) {
  const place = homeless(each.name);
  for (const [file, text] of Object.entries(each.home(url))) put(place.home, file, text);
  put(place.cwd, SPEC, SMALL_SPEC);
  put(place.cwd, "notes.md", NOTES);
  return { ...place, env: each.env(url), bins: binsOf(each.programs, cache) };
}

const configure = (cwd, config) =>
  put(
    cwd,
    "wavegate.config.json",
    `${JSON.stringify({ sandbox: { mode: "off" }, ...config }, undefined, 2)}\n`,
  );

const STAGE = { concurrency: 2, cache: "off", retry: { retries: 1, initial: "250ms" } };

const plan = (place, more = []) =>
  startWavegate({ ...place, args: ["plan", SPEC, "--json", ...more] });

const digestsOf = (lines) =>
  Object.fromEntries(
    eventsOf(lines, "artifact-proposed").map(({ name, digest }) => [name, digest]),
  );

let expected;
/** What the built-in agent proposes for the same specification: the model plays it, so the bytes must be the same. */
async function builtinDigests(within) {
  if (expected) return expected;
  const place = prepare(
    { name: "builtin", programs: [], home: () => ({}), env: () => ({}) },
    within,
    "",
  );
  configure(place.cwd, { stages: { planning: { cache: "off" } } });
  expected = digestsOf((await plan(place).done).lines);
  return expected;
}

export async function runCase(each, within) {
  const writeTo =
    each.acp === true ? `/mnt/${each.name}/project/${each.writes ?? "unwanted.txt"}` : undefined;
  const server = await startModelServer({ script: wrongAtFirst(writeTo) });
  const problems = [];
  const must = (holds, problem) => holds || problems.push(problem);
  within.names.take();
  const place = prepare(each, within, server.url);
  configure(place.cwd, { agents: { it: each.agent }, stages: { planning: STAGE } });
  const begun = performance.now();
  const { code, lines, stderr } = await plan(place, ["--agent", "it"]).done;
  const seconds = (performance.now() - begun) / 1_000;
  const found = stageFindings({ code, lines, stderr, server, counts: each.counts }, must);
  must(
    sameDigests(digestsOf(lines), await builtinDigests(within)),
    "the documents are not those of the built-in agent",
  );
  usageProblems(each, found, must);
  correctionProblems(server, found, must);
  if (each.acp === true) permissionProblems(place, found, must);
  must(processesOf(place.home).length === 0, `survivors: ${processesOf(place.home).join("; ")}`);
  await server.close();
  const canceled = await runCanceled(each, within, must);
  const names = within.names.take();
  must(Object.keys(names).length === 0, `names were asked for: ${JSON.stringify(names)}`);
  return tell({ name: each.name, seconds, ...found, canceled, names, problems }, within);
}

export async function runMixed(each, within) {
  const server = await startModelServer({ script: flawless() });
  const problems = [];
  const must = (holds, problem) => holds || problems.push(problem);
  within.names.take();
  const place = prepare(each, within, server.url);
  const lead = { agent: each.leads };
  configure(place.cwd, {
    agents: each.agents(server.url),
    stages: {
      planning: {
        ...STAGE,
        roles: Object.fromEntries(
          Object.entries(each.roles).map(([role, agent]) => [role, { agent }]),
        ),
        reviewer: lead,
        synthesizer: lead,
        qa: lead,
      },
    },
  });
  const begun = performance.now();
  const { code, lines, stderr } = await plan(place).done;
  const seconds = (performance.now() - begun) / 1_000;
  const found = stageFindings({ code, lines, stderr, server, counts: each.counts }, must);
  must(
    sameDigests(digestsOf(lines), await builtinDigests(within)),
    "the documents are not those of the built-in agent",
  );
  usageProblems({ tells: "sum" }, found, must);
  must(processesOf(place.home).length === 0, `survivors: ${processesOf(place.home).join("; ")}`);
  const names = within.names.take();
  must(Object.keys(names).length === 0, `names were asked for: ${JSON.stringify(names)}`);
  await server.close();
  return tell({ name: each.name, seconds, ...found, names, problems }, within);
}

const sameDigests = (one, other) => Object.keys(other).length > 0 && digest(one) === digest(other);
const digest = (value) =>
  createHash("sha256")
    .update(JSON.stringify(Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b))))
    .digest("hex");

/** A stage whose model never answers is canceled while agents wait for it. */
async function runCanceled(each, within, must) {
  const arrived = Promise.withResolvers?.() ?? withResolvers();
  const server = await startModelServer({
    script: (request) => {
      if (request.messages.some(({ text = "" }) => text.includes("BEGIN DATA"))) arrived.resolve();
      return { fault: { kind: "hang" } };
    },
  });
  const place = prepare({ ...each, name: `${each.name}-canceled` }, within, server.url);
  configure(place.cwd, { agents: { it: each.agent }, stages: { planning: STAGE } });
  const run = plan(place, ["--agent", "it"]);
  const started = await run.saw(({ event }) => event?.type === "agent-started");
  await Promise.race([arrived.promise, run.done]);
  const living = processesOf(place.home).length;
  const begun = performance.now();
  const cancel = await wavegate({ ...place, args: ["cancel", started?.runId ?? ""] });
  const { code } = await run.done;
  const ms = Math.round(performance.now() - begun);
  const survivors = processesOf(place.home);
  must(living > 1, "no agent was alive when the run was canceled");
  must(cancel.code === 0, `cancel ended with ${cancel.code}: ${cancel.stderr.trim()}`);
  must(survivors.length === 0, `survivors of cancellation: ${survivors.join("; ")}`);
  await server.close();
  return { ms, living, survivors: survivors.length, code };
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

function tell(result, { say }) {
  const { name, seconds, problems, calls, requests, canceled, names } = result;
  const asked = Object.keys(names);
  const cancel = canceled
    ? `, canceled in ${canceled.ms} ms with ${canceled.survivors} survivors`
    : "";
  say(
    `${problems.length === 0 ? "ok  " : "FAIL"} ${name}: ${calls} calls, ${requests} requests, ${seconds.toFixed(1)} s${cancel}${asked.length > 0 ? `, asked for ${asked.join(", ")}` : ""}`,
  );
  for (const problem of problems) say(`     ${problem}`);
  return result;
}
