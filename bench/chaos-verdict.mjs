/** What kills at random did to runs that carry out plans, their commits, the user's tree and the processes of agents. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { agentsIn } from "./chaos-kills.mjs";
import { gitIn, linesOf } from "./plan-repository.mjs";

const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** No event for so long is worth a look, in seconds. */
const GAP_S = 15;

/** The user's tree, index, HEAD, configuration and branches, a line for each; plans with their boxes as they are when they are ticked. */
export function snapshotOf(root, plans) {
  const ticked = new Set(plans);
  const lines = [];
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      // What is the runs' own.
      if ([".wavegate", ".git", "docs/plan-outputs"].includes(name)) continue;
      if (entry.isDirectory()) walk(name);
      else lines.push(`${name} ${sha(textOf(path.join(root, name), ticked.has(name)))}`);
    }
  };
  walk("");
  for (const name of ["HEAD", "index", "config"]) {
    const file = path.join(root, ".git", name);
    lines.push(`${name} ${existsSync(file) ? sha(readFileSync(file)) : "-"}`);
  }
  const refs = gitIn(root, "for-each-ref", "--format=%(refname) %(objectname)").split("\n");
  lines.push(...refs.filter((ref) => !/^refs\/(?:wavegate|heads\/wavegate)\//.test(ref)));
  return lines.toSorted((a, b) => (a < b ? -1 : 1));
}

const textOf = (file, isPlan) =>
  isPlan ? readFileSync(file, "utf8").replaceAll("- [ ]", "- [x]") : readFileSync(file);

/** Everything that must hold when all runs of a project have ended, and the figures of it. */
export async function judgeProject(world) {
  const { app, root, ids, ended, plans, before, killed } = world;
  const problems = [];
  const figures = {
    "workers killed": killed.workers,
    "of these before they were ready": killed.starting,
    "agents killed": killed.agents,
    "database killed": killed.database,
    "held runs resumed": killed.resumes,
  };
  const times = { takeover: [], takeoverByReady: [], resumed: [], away: killed.away };
  const looks = { failures: {}, gaps: [], holds: [], exits: killed.exits, unknown: 0 };
  const add = (name, value) => (figures[name] = (figures[name] ?? 0) + value);
  for (const [index, plan] of plans.entries()) {
    const runId = ids.get(plan);
    const record = ended.get(runId);
    add("stuck runs", Number(record?.status !== "completed"));
    if (record?.status !== "completed")
      problems.push(`${runId ?? plan} is ${record?.status ?? "not there"}: ${whyNot(record)}`);
    if (runId === undefined) continue;
    const events = [];
    for await (const event of app.events(runId, 0)) events.push(event);
    const history = historyOf(events, world);
    for (const [name, value] of Object.entries(history.figures)) add(name, value);
    if (world.attached) times.resumed.push(...history.takeover);
    else {
      times.takeover.push(...history.takeover);
      times.takeoverByReady.push(...history.takeoverByReady);
    }
    looks.unknown += history.unknown;
    looks.holds.push(...history.holds);
    looks.gaps.push(...saidOf(runId, history.gaps));
    for (const kind of history.failures) looks.failures[kind] = (looks.failures[kind] ?? 0) + 1;
    const found = judgeRun(root, { runId, plan: index, tasks: world.tasks }, history.landed);
    for (const [name, value] of Object.entries(found.figures)) add(name, value);
    problems.push(...found.problems, ...saidOf(runId, history.problems));
    const open = readFileSync(path.join(root, plan), "utf8").match(/- \[[^x]\]/g) ?? [];
    add("plans not ticked", Number(open.length > 0));
    if (open.length > 0) problems.push(`${runId}: ${open.length} boxes are not ticked`);
  }
  judgeRest(world, before, { add, problems });
  return { figures, problems, times, looks };
}

/**
 * @param {string} runId
 * @param {readonly string[]} texts
 */
const saidOf = (runId, texts) => texts.map((text) => `${runId}: ${text}`);

function whyNot(record) {
  const { output, error, wait } = record ?? {};
  return JSON.stringify(output ?? error ?? wait?.info ?? null).slice(0, 1_000);
}

/** What the project as a whole was left with. */
function judgeRest({ root, plans, home }, before, { add, problems }) {
  const after = snapshotOf(root, plans);
  const same = JSON.stringify(after) === JSON.stringify(before);
  add("changed user trees", Number(!same));
  if (!same) {
    const differs = [
      ...after.filter((line) => !before.includes(line)),
      ...before.filter((line) => !after.includes(line)),
    ];
    problems.push(`the user's tree is not as it was: ${differs.join("; ").slice(0, 500)}`);
  }
  const agents = agentsIn(root);
  add("processes left", agents.length);
  if (agents.length > 0) problems.push(`processes ${agents.join(", ")} are left`);
  const locks = gitIn(root, "rev-parse", "--absolute-git-dir").trim();
  const left = findLocks(locks);
  add("git locks left", left.length);
  if (left.length > 0) problems.push(`git locks are left: ${left.join(", ")}`);
  const clones = clonesOf(home, root);
  add("clones left", clones.length);
  if (clones.length > 0) problems.push(`clones are left: ${clones.join(", ")}`);
}

const findLocks = (folder) =>
  execFileSync("find", [folder, "-name", "*.lock"], { encoding: "utf8" })
    .split("\n")
    .filter(Boolean);

/** What there is of working copies of this repository, also half made, half deleted, or only known. */
function clonesOf(home, root) {
  const own = path.join(home, "workspaces", sha(path.join(root, ".git")).slice(0, 16));
  return ["work", "trash", "git", "registry"].flatMap((part) => {
    const folder = path.join(own, part);
    const names = existsSync(folder) ? readdirSync(folder) : [];
    // A file that was being written when its process was killed goes when it is an hour old.
    return names.filter((name) => !name.endsWith(".tmp")).map((name) => `${part}/${name}`);
  });
}

/** What the events of a run tell. */
function historyOf(events, { killed }) {
  const landed = new Map();
  const accepted = [];
  const of = { takeover: [], takeoverByReady: [], unknown: 0 };
  const looks = { failures: [], gaps: [], holds: [], problems: [] };
  let attempts = 0;
  let before;
  for (const { at, event } of events) {
    const time = Date.parse(at);
    if (before && time - before.time > GAP_S * 1000)
      looks.gaps.push(
        `${((time - before.time) / 1000).toFixed(0)} s, ${before.name} → ${nameOf(event)}`,
      );
    before = { time, name: nameOf(event) };
    // Who has tasks of others alone is no owner of a run.
    if (event.type === "child-taken") killed.pids.set(event.by, event.pid);
    if (event.type === "run-taken-over" || (event.type === "child-taken" && event.from)) {
      const [died, ready] = [event.from, event.by].map((id) => killed.pids.get(id));
      const killedAt = killed.at.get(died);
      if (killedAt === undefined) {
        of.unknown += 1;
        continue;
      }
      of.takeover.push(time - killedAt);
      of.takeoverByReady.push(time - Math.max(killedAt, killed.ready.get(ready) ?? 0));
    }
    if (event.type === "plan-run-held") looks.holds.push(JSON.stringify(event).slice(0, 400));
    if (event.type !== "task-advanced") continue;
    if (event.event === "started") attempts += 1;
    if (event.event === "failed")
      looks.failures.push(`${event.reason?.kind}: ${event.reason?.message}`);
    if (event.event === "accepted") accepted.push(`${event.task} ${event.attempt}`);
    if (event.event === "landed")
      landed.set(event.task, [...(landed.get(event.task) ?? []), event.commit]);
  }
  const twice = accepted.filter((each, index) => accepted.indexOf(each) !== index);
  if (twice.length > 0) looks.problems.push(`accepted twice: ${twice.join(", ")}`);
  const takeovers = events.filter(({ event }) => event.type === "run-taken-over").length;
  const taken = events.flatMap(({ event }) => (event.type === "child-taken" ? [event] : []));
  const figures = {
    attempts,
    takeovers,
    "tasks taken by another worker": taken.length,
    "of these after its worker died": taken.filter(({ from }) => from !== undefined).length,
    "runs taken over": Number(takeovers > 0),
    "doubled tasks": twice.length,
  };
  return { ...of, ...looks, landed, figures };
}

const nameOf = ({ type, task, event }) => [type, task, event].filter(Boolean).join(" ");

/** Whether all work is on the run's branch, once. */
function judgeRun(root, { runId, plan, tasks }, landed) {
  const problems = [];
  const figures = { tasks, "lost commits": 0, "doubled tasks": 0, "tasks not landed": 0 };
  const branch = `refs/heads/wavegate/${runId}`;
  const format = "--format=%H %(trailers:key=Wavegate-Task,valueonly,separator=%x2C)";
  const log = gitIn(root, "log", format, branch).trim().split("\n");
  const commits = log.map((line) => line.split(" "));
  const onBranch = new Set(commits.map(([commit]) => commit));
  const named = commits.flatMap(([, task]) => (task ? [task] : []));
  const twice = named.filter((task, index) => named.indexOf(task) !== index);
  for (const [task, all] of landed) {
    if (all.length > 1) twice.push(task);
    for (const commit of all)
      if (!onBranch.has(commit)) {
        figures["lost commits"] += 1;
        problems.push(`${runId}: ${commit} of ${task} is not on its branch`);
      }
  }
  const wanted = linesOf(plan, tasks);
  const texts = textsOn(root, branch, [...wanted.keys()]);
  for (const [file, lines] of wanted) {
    const text = texts.get(file) ?? "";
    for (const line of lines) {
      const times = text.split(line).length - 1;
      if (times === 0) figures["lost commits"] += 1;
      if (times > 1) figures["doubled tasks"] += 1;
      if (times !== 1)
        problems.push(`${runId}: ${file} has ${JSON.stringify(line)} ${times} times`);
    }
    if (text.length !== lines.join("").length)
      problems.push(`${runId}: ${file} has ${JSON.stringify(text.slice(0, 300))}`);
  }
  const missing = tasks - landed.size;
  figures["tasks not landed"] = missing;
  if (missing > 0) problems.push(`${runId}: ${missing} tasks have not landed`);
  figures["doubled tasks"] += twice.length;
  if (twice.length > 0) problems.push(`${runId}: landed more than once: ${twice.join(", ")}`);
  return { figures, problems };
}

/** Texts of files of a branch; one that is not there is left out. */
function textsOn(root, branch, files) {
  const input = files.map((file) => `${branch}:${file}\n`).join("");
  const all = execFileSync("git", ["cat-file", "--batch"], { cwd: root, input });
  const texts = new Map();
  let at = 0;
  for (const file of files) {
    const end = all.indexOf("\n", at);
    const [, kind, size] = all.toString("utf8", at, end).split(" ");
    at = end + 1;
    if (kind !== "blob") continue;
    texts.set(file, all.toString("utf8", at, at + Number(size)));
    at += Number(size) + 1;
  }
  return texts;
}
