/** One agent that carries out a task in a clone: its own tools write a file, and run a test where it may; what was collected, and what is wrong. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createAcpAgent } from "../../dist/adapters/agents/acp/acp-agent.js";
import { createCommandAgent } from "../../dist/adapters/agents/command/command-agent.js";
import { createWorkspaces } from "../../dist/adapters/workspace/create-workspaces.js";
import { answerSchema } from "../../dist/stage/answer.js";
import { runCommandCall, startModelServer, writeFileCall } from "../../dist/testing/index.js";
import { binsOf } from "./install-programs.mjs";
import { put } from "./put.mjs";
import { aside } from "./scripted-model.mjs";
import { homeless, processesOf } from "./wavegate-in.mjs";

const MARK = "Task 1.1 of the plan GREETINGS";
const FILES = {
  "package.json": '{ "type": "module" }\n',
  "test/greet.test.js": [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    'import { greet } from "../src/greet.js";',
    'test("greets", () => assert.equal(greet("Ada"), "Hello, Ada!"));',
    "",
  ].join("\n"),
  "src/README": "Sources\n",
};
const CODE = "export const greet = (name) => `Hello, ${name}!`;\n";
const REPORT = { summary: "Wrote greet.", issues: [], deviations: [], notes: [] };

/** A model that writes the file by whatever tool the agent has for it, runs the test if it may, and reports. */
const writes =
  (folder, { runs }) =>
  (request) => {
    const texts = request.messages.filter(({ from }) => from === "user");
    if (!texts.some(({ text }) => text.includes(MARK)) || request.tools.length === 0)
      return aside(request);
    const results = request.messages.filter(({ from }) => from === "result");
    const last = results.at(-1);
    if (results.length === 0) {
      const call = writeFileCall(request, path.join(folder, "src/greet.js"), CODE);
      return call
        ? { calls: [call], label: `write by ${call.tool}` }
        : { text: "It offers no tool to write with.", label: "cannot write" };
    }
    if (results.length === 1 && runs) {
      const call = runCommandCall(request, "node --test");
      if (call) return { calls: [call], label: `run by ${call.tool}` };
    }
    if (/submitted|accepted/i.test(last?.text ?? "")) return { text: "The result was submitted." };
    const report = { task_report: REPORT };
    // A tool that refuses it twice is not to be had.
    if (results.length > 4) return { text: JSON.stringify(report), label: "report as text" };
    return {
      object: report,
      label: `report after: ${(last?.text ?? "").slice(0, 400)}`,
    };
  };

function repository(cwd) {
  for (const [file, text] of Object.entries(FILES)) put(cwd, file, text);
  const git = (...args) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
  git("init", "-q", "-b", "main");
  git("add", "-A");
  git(
    "-c",
    "user.name=U",
    "-c",
    "user.email=u@example.invalid",
    "commit",
    "-qm",
    "A test, and nothing to greet with",
  );
  return git;
}

const agentOf = (agent, options) =>
  "acp" in agent
    ? createAcpAgent({ kind: "acp", name: "it", ...agent }, options)
    : createCommandAgent({ kind: "command", name: "it", ...agent }, options);

/** A repository, a clone of it, the model that the agent asks, and its home. */
async function prepare(each, { cache }) {
  const place = homeless(each.name);
  const git = repository(place.cwd);
  const workspaces = createWorkspaces({
    project: place.cwd,
    root: path.join(place.home, "clones"),
    env: {},
  });
  const base = git("rev-parse", "HEAD");
  const opened = await workspaces.open(
    { runId: "r", task: "1.1", attempt: 1, base, mode: "write" },
    new AbortController().signal,
  );
  if (!opened.ok) throw new Error(opened.error.message);
  const workspace = opened.value;
  const server = await startModelServer({ script: writes(workspace.project, each) });
  for (const [file, text] of Object.entries(each.home(server.url))) put(place.home, file, text);
  const bins = [
    ...binsOf(each.programs, cache),
    path.dirname(process.execPath),
    "/usr/bin",
    "/bin",
  ];
  const env = {
    PATH: bins.join(path.delimiter),
    HOME: place.home,
    LANG: "C.UTF-8",
    TERM: "dumb",
    ...each.env(server.url),
  };
  return { ...place, git, workspaces, workspace, server, env };
}

/** Ask the agent for the task, in the clone. */
async function carryOut(each, { cwd, home, env, workspace }) {
  const outputFolder = path.join(home, "attempt");
  mkdirSync(outputFolder);
  const agent = agentOf(each.agent, { env, cwd });
  const { folder, project, objects } = workspace;
  const outcome = await agent.run({
    runId: "r",
    stage: "implementation",
    role: "1.1",
    task: "work",
    contract: "task_report",
    prompt: `# ${MARK}\n\nWrite src/greet.js so that the test passes, and report as JSON.`,
    inputs: {},
    schema: answerSchema("task_report"),
    cwd: project,
    work: { folder, readable: [objects], env: {} },
    outputFolder,
    limits: { timeoutMs: 180_000, stallMs: 120_000, maxOutputBytes: 64 * 2 ** 20 },
    signal: new AbortController().signal,
    onLine: () => {},
  });
  await agent.close?.();
  return outcome;
}

function reportProblems(outcome, must) {
  if (!outcome.ok) return must(false, `it failed: ${outcome.error.message}`);
  const { value, said = "" } = outcome.value;
  must(
    value?.task_report?.summary === REPORT.summary,
    `no report, but: ${JSON.stringify(value)}; ${said}`,
  );
}

/** What was collected from the clone is the one file, as the model wrote it, and nothing was done to the user's tree. */
async function workProblems({ git, workspaces, workspace }, labels, must) {
  const work = await workspaces.collect(workspace);
  const changed = work.ok ? work.value.changes.map((change) => change.path).join() : "";
  if (changed !== "src/greet.js")
    return must(false, `changed is: ${changed || "nothing"}; ${labels.join(" | ")}`);
  const text = git("show", `${work.value.commit}:src/greet.js`);
  must(text === CODE.trim(), "the file is not what the model wrote");
  must(git("status", "--porcelain") === "", "the user's tree was changed");
  must(git("rev-list", "--count", "HEAD") === "1", "the user's branch was moved");
}

export async function runEdits(each, within) {
  const problems = [];
  const must = (holds, problem) => holds || problems.push(problem);
  within.names.take();
  const place = await prepare(each, within);
  const begun = performance.now();
  const outcome = await carryOut(each, place);
  const seconds = (performance.now() - begun) / 1_000;
  const { records } = place.server;
  const labels = records.flatMap(({ turn }) => turn?.label ?? []);
  reportProblems(outcome, must);
  await workProblems(place, labels, must);
  if (each.runs)
    must(
      labels.some((label) => /pass 1/.test(label)),
      `its test did not run: ${labels.join(" | ")}`,
    );
  must(processesOf(place.home).length === 0, `survivors: ${processesOf(place.home).join("; ")}`);
  const names = within.names.take();
  must(Object.keys(names).length === 0, `names were asked for: ${JSON.stringify(names)}`);
  await place.server.close();
  const tools = labels.filter((label) => /^(?:write|run) /.test(label)).join(", ");
  within.say(
    `${problems.length === 0 ? "ok  " : "FAIL"} ${each.name}: ${tools}, ${records.length} requests, ${seconds.toFixed(1)} s`,
  );
  for (const problem of problems) within.say(`     ${problem}`);
  const { resources } = outcome.ok ? outcome.value : outcome.error;
  const firstRequestBytes = records.find(({ asked }) => asked?.tools.length > 0)?.bytes ?? 0;
  return { name: each.name, seconds, firstRequestBytes, resources, labels, names, problems };
}
