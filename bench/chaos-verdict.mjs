/** What kills at random did to runs that carry out plans, their commits, the user's tree and the processes of agents. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gitIn } from "./plan-repository.mjs";

const sha = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Digest of the user's tree, index, HEAD and configuration; of plans and the state folder nothing. */
export function snapshotOf(root, plans) {
  const kept = new Set([...plans, ".wavegate"]);
  const lines = [];
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const name = path.join(folder, entry.name);
      if (kept.has(name) || name === ".git") continue;
      // What the run itself writes beside its plans.
      if (/^docs\/(plan-outputs|plans\/)/.test(name)) continue;
      if (entry.isDirectory()) walk(name);
      else lines.push(`${name} ${sha(readFileSync(path.join(root, name)))}`);
    }
  };
  walk("");
  for (const name of ["HEAD", "index", "config", "refs/heads/main"]) {
    const file = path.join(root, ".git", name);
    lines.push(`${name} ${existsSync(file) ? sha(readFileSync(file)) : "-"}`);
  }
  return lines.toSorted().join("\n");
}

/** Ids of the processes of this project's agents, and of what wraps them. */
export function agentsIn(root) {
  const found = [];
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (words.includes(`${root}-script.json`)) found.push(Number(pid));
    } catch {
      // It has ended.
    }
  }
  return found;
}

export async function judgeProject({ app, root, ids, views, plans, tasks, before }) {
  const problems = [];
  const figures = { tasks: 0, attempts: 0, "stuck runs": 0, "lost commits": 0, "doubled tasks": 0 };
  figures["changed user trees"] = 0;
  figures["agents left"] = 0;
  for (const [index, runId] of ids.entries()) {
    const status = views.get(runId)?.record.status;
    if (status !== "completed") {
      figures["stuck runs"] += 1;
      problems.push(
        `${runId} is ${status ?? "not at its end"}: ${JSON.stringify(views.get(runId)?.hold ?? views.get(runId)?.record.error ?? null)}`,
      );
    }
    const found = await judgeRun(app, root, { runId, plan: index, tasks });
    for (const name of ["tasks", "attempts", "lost commits", "doubled tasks"])
      figures[name] += found.figures[name];
    problems.push(...found.problems);
    const boxes = readFileSync(path.join(root, plans[index]), "utf8").match(/- \[ \]/g) ?? [];
    if (status === "completed" && boxes.length > 0)
      problems.push(`${runId}: ${boxes.length} boxes are not ticked`);
  }
  if (snapshotOf(root, plans) !== before) {
    figures["changed user trees"] += 1;
    problems.push(`${root} is not as it was`);
  }
  const left = agentsIn(root);
  figures["agents left"] += left.length;
  if (left.length > 0) problems.push(`${root}: processes ${left.join(", ")} are left`);
  return { figures, problems };
}

/** Empty where it is not there. */
function fileOn(root, branch, file) {
  try {
    return gitIn(root, "show", `${branch}:${file}`);
  } catch {
    return "";
  }
}

async function judgeRun(app, root, { runId, plan, tasks }) {
  const problems = [];
  const figures = { tasks, attempts: 0, "lost commits": 0, "doubled tasks": 0 };
  const [accepted, landed] = [new Map(), new Map()];
  for await (const { event } of app.events(runId, 0)) {
    if (event.type !== "task-advanced") continue;
    if (event.event === "started") figures.attempts += 1;
    if (event.event === "accepted") accepted.set(event.task, (accepted.get(event.task) ?? 0) + 1);
    if (event.event === "landed")
      landed.set(event.task, [...(landed.get(event.task) ?? []), event.commit]);
  }
  const branch = `refs/heads/wavegate/${runId}`;
  const commits = gitIn(
    root,
    "log",
    "--format=%H %(trailers:key=Wavegate-Task,valueonly,separator=%x2C)",
    branch,
  )
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
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
  for (let task = 0; task < tasks; task++) {
    const id = `${plan + 1}.${task + 1}`;
    const line = `part-${plan} ${task}\n`;
    const own = fileOn(root, branch, `src/part-${plan}/task-${task}.txt`);
    const shared = fileOn(root, branch, `src/part-${plan}/shared.txt`);
    const times = task % 3 === 2 ? shared.split(line).length - 1 : 1;
    if (own === line && times === 1 && landed.has(id)) continue;
    if (times === 0 || own === "") figures["lost commits"] += 1;
    else figures["doubled tasks"] += 1;
    problems.push(`${runId}: ${id} has ${JSON.stringify(own)}, ${times} times in what it shares`);
  }
  figures["doubled tasks"] += twice.length;
  if (twice.length > 0) problems.push(`${runId}: landed more than once: ${twice.join(", ")}`);
  return { figures, problems };
}
