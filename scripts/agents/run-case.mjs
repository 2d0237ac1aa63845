/** A small plan carried out by the built program and one real agent: its tasks landed, the tests pass, the plan is ticked. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { startModelServer, writeFileCall } from "../../dist/testing/index.js";
import { binsOf } from "./install-programs.mjs";
import { put } from "./put.mjs";
import { aside } from "./scripted-model.mjs";
import { homeless, processesOf, wavegate } from "./wavegate-in.mjs";

const PLAN = "docs/plans/greetings.md";
const tested = (name, said) =>
  [
    'import assert from "node:assert/strict";',
    'import { test } from "node:test";',
    `test("${name}", async () => {`,
    `  const { ${name} } = await import("../src/${name}.js");`,
    `  assert.equal(${name}("Ada"), "${said}, Ada!");`,
    "});",
    "",
  ].join("\n");
/** By the key of the task: the files that the model writes for it. */
const WORK = {
  1.1: {
    "src/greet.js": "export const greet = (name) => `Hello, ${name}!`;\n",
    "test/greet.test.js": tested("greet", "Hello"),
  },
  1.2: {
    "src/part.js": "export const part = (name) => `Goodbye, ${name}!`;\n",
    "test/part.test.js": tested("part", "Goodbye"),
  },
};
const TEXT = `# Implementation Plan: Greetings

## Phase 1: Words

- [ ] 1.1 Greet by name [10m]
  - Creates: src/greet.js, test/greet.test.js
  - Verify: \`node --test test/greet.test.js\`
- [ ] 1.2 Take leave by name (depends: 1.1) [10m]
  - Creates: src/part.js, test/part.test.js

**VERIFY Phase 1:**
- [ ] \`node --test\`
`;

/** A model that writes the files of the task that it is asked for, one call each, and reports. */
function script(request) {
  const texts = request.messages.filter(({ from }) => from === "user").map(({ text }) => text);
  const [, key] = texts.map((text) => /^# Task (\d\.\d):/m.exec(text)).find(Boolean) ?? [];
  if (key === undefined || request.tools.length === 0) return aside(request);
  const done = request.messages.filter(({ from }) => from === "result").length;
  const [file, text] = Object.entries(WORK[key])[done] ?? [];
  if (file !== undefined) {
    const call = writeFileCall(request, file, text);
    if (call) return { calls: [call], label: `${key} ${file} by ${call.tool}` };
  }
  return { object: { task_report: { summary: `Did ${key}.` } }, label: `${key} report` };
}

function repository({ cwd }, agent) {
  put(cwd, PLAN, TEXT);
  put(cwd, "package.json", '{ "type": "module" }\n');
  put(cwd, "src/README", "Sources\n");
  put(cwd, "test/README", "Tests\n");
  const config = {
    sandbox: { mode: "off" },
    agents: { it: agent },
    execution: { agent: "it", workers: 2, test: "node --test" },
  };
  put(cwd, "wavegate.config.json", `${JSON.stringify(config, undefined, 2)}\n`);
  const git = (...args) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
  git("init", "-q", "-b", "main");
  git("add", "-A");
  const user = ["-c", "user.name=U", "-c", "user.email=u@example.invalid"];
  git(...user, "commit", "-qm", "A plan, and nothing done");
  return git;
}

/** What landed is what the model wrote, each task in a commit, and its tests pass. */
function landedProblems({ cwd, home }, git, run, must) {
  const branch = `wavegate/${run}`;
  const log = spawnSync(
    "git",
    ["log", "--format=%(trailers:key=Wavegate-Task,valueonly)", `main..${branch}`],
    { cwd, encoding: "utf8" },
  );
  const tasks = log.stdout.split("\n").filter(Boolean).toSorted();
  must(tasks.join() === "1.1,1.2", `landed: ${tasks.join() || "nothing"} ${log.stderr.trim()}`);
  if (tasks.length === 0) return;
  for (const [file, text] of Object.values(WORK).flatMap(Object.entries))
    must(git("show", `${branch}:${file}`) === text.trim(), `${file} is not what the model wrote`);
  const landed = path.join(home, "landed");
  git("clone", "-q", "--branch", branch, cwd, landed);
  const tests = spawnSync(process.execPath, ["--test"], { cwd: landed, encoding: "utf8" });
  must(tests.status === 0 && /pass 2\b/.test(tests.stdout), `tests: ${tests.stdout.slice(-400)}`);
  must(!readFileSync(path.join(cwd, PLAN), "utf8").includes("- [ ]"), "the plan is not ticked");
  must(git("rev-list", "--count", "main") === "1", "the user's branch was moved");
  must(git("status", "--porcelain") === `M ${PLAN}`, `the tree: ${git("status", "--porcelain")}`);
}

export async function runPlan(each, within) {
  const problems = [];
  const must = (holds, problem) => holds || problems.push(problem);
  within.names.take();
  const server = await startModelServer({ script });
  const place = homeless(each.name);
  for (const [file, text] of Object.entries(each.home(server.url))) put(place.home, file, text);
  const git = repository(place, each.agent);
  const bins = binsOf(each.programs, within.cache);
  const begun = performance.now();
  const { code, lines, stderr } = await wavegate({
    ...place,
    env: each.env(server.url),
    bins,
    args: ["run", PLAN, "--json"],
  });
  const seconds = (performance.now() - begun) / 1_000;
  const run = lines.find(({ runId }) => runId !== undefined)?.runId ?? "";
  must(code === 0, `exit code ${code}: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  landedProblems(place, git, run, must);
  const left = processesOf(place.home).filter((line) => !/postgres|cli\/main\.js/.test(line));
  must(left.length === 0, `survivors: ${left.join("; ")}`);
  const names = within.names.take();
  must(Object.keys(names).length === 0, `names were asked for: ${JSON.stringify(names)}`);
  await server.close();
  const labels = server.records.flatMap(({ turn }) => turn?.label ?? []);
  within.say(
    `${problems.length === 0 ? "ok  " : "FAIL"} ${each.name}: ${labels.length} requests, ${seconds.toFixed(1)} s`,
  );
  for (const problem of problems) within.say(`     ${problem}`);
  return { name: each.name, seconds, labels, names, problems };
}
