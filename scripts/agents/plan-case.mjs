/** The shipped plan carried out by the built program and one real agent: all of it landed, the tests pass, the plan is ticked, findings are written. */
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { startModelServer } from "../../dist/testing/index.js";
import { EXAMPLE_PLAN, makeExample } from "../plan-example.mjs";
import { exampleModel } from "./example-model.mjs";
import { binsOf } from "./install-programs.mjs";
import { put } from "./put.mjs";
import { homeless, processesOf, wavegate } from "./wavegate-in.mjs";

const OUTPUTS = "docs/plan-outputs/reports";

/** What landed is all of the plan, each task in a commit, and its tests pass. */
function landedProblems({ cwd, home }, git, run, must) {
  const branch = `wavegate/${run}`;
  const log = spawnSync(
    "git",
    ["log", "--format=%(trailers:key=Wavegate-Task,valueonly)", `main..${branch}`],
    { cwd, encoding: "utf8" },
  );
  const plan = readFileSync(path.join(cwd, EXAMPLE_PLAN), "utf8");
  const wanted = [...plan.matchAll(/^- \[.\] (\d\.\d) /gm)].map(([, key]) => key).toSorted();
  const tasks = log.stdout.split("\n").filter(Boolean).toSorted();
  must(wanted.length >= 12, `the plan has ${wanted.length} tasks`);
  must(tasks.join() === wanted.join(), `landed: ${tasks.join() || "nothing"} ${log.stderr.trim()}`);
  if (tasks.length === 0) return;
  const landed = path.join(home, "landed");
  git("clone", "-q", "--branch", branch, cwd, landed);
  const tests = spawnSync(process.execPath, ["--test"], { cwd: landed, encoding: "utf8" });
  must(
    tests.status === 0 && /pass 30\b/.test(tests.stdout) && /fail 0\b/.test(tests.stdout),
    `tests: ${tests.stdout.slice(-400)}`,
  );
  must(!plan.includes("- [ ]"), "the plan is not ticked");
  const status = JSON.parse(readFileSync(path.join(cwd, OUTPUTS, "status.json"), "utf8"));
  const open = wanted.filter((key) => !JSON.stringify(status).includes(`"${key}"`));
  must(open.length === 0, `status.json does not tell of ${open.join()}`);
  const findings = readdirSync(path.join(cwd, OUTPUTS, "findings"));
  must(findings.length === wanted.length, `findings: ${findings.join()}`);
  must(git("rev-list", "--count", "main") === "1", "the user's branch was moved");
  const changed = git("status", "--porcelain").split("\n");
  must(
    changed.every((line) => line.slice(2).trim().startsWith("docs/plan")),
    `the tree: ${changed.join()}`,
  );
}

export async function runPlan(each, within) {
  const problems = [];
  const must = (holds, problem) => holds || problems.push(problem);
  within.names.take();
  const server = await startModelServer({ script: exampleModel() });
  const place = homeless(each.name);
  const cwd = path.join(place.home, "pennybook");
  const project = { ...place, cwd };
  for (const [file, text] of Object.entries(each.home(server.url))) put(place.home, file, text);
  makeExample(cwd, {
    name: each.programs[0],
    agent: each.agent,
    more: ["sandbox:", '  mode: "off"'],
  });
  const git = (...args) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();
  const bins = binsOf(each.programs, within.cache);
  const begun = performance.now();
  const { code, lines, stderr } = await wavegate({
    ...project,
    env: each.env(server.url),
    bins,
    args: ["run", EXAMPLE_PLAN, "--json"],
  });
  const seconds = (performance.now() - begun) / 1_000;
  const run = lines.find(({ runId }) => runId !== undefined)?.runId ?? "";
  must(code === 0, `exit code ${code}: ${stderr.trim().split("\n").at(-1) ?? ""}`);
  landedProblems(project, git, run, must);
  const left = processesOf(place.home).filter((line) => !/postgres|cli\/main\.js/.test(line));
  must(left.length === 0, `survivors: ${left.join("; ")}`);
  const names = within.names.take();
  must(Object.keys(names).length === 0, `names were asked for: ${JSON.stringify(names)}`);
  await server.close();
  const labels = server.records.flatMap(({ turn }) => turn?.label ?? []);
  const told = await wavegate({ ...project, args: ["watch", run] });
  within.say(
    `${problems.length === 0 ? "ok  " : "FAIL"} ${each.name}: ${labels.length} requests, ${seconds.toFixed(1)} s`,
  );
  for (const problem of problems) within.say(`     ${problem}`);
  const transcript = `${told.stderr}${told.stdout}`;
  return { name: each.name, seconds, labels, names, transcript, problems };
}
