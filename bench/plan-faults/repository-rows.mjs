/** Repositories as people have them, and what people do to them while a plan is carried out. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gitIn } from "../plan-repository.mjs";
import { commit, countOf, PLAN, put, runIn, saidIn, tasksOf } from "./worlds.mjs";

const KEYS = ["1.1", "1.2", "1.3"];
const tasks = () => tasksOf(3);

/** Is made as others are, then changed; carried out, landed where it can be, and as it was until then. */
const works = (fault, what, prepare) => ({
  fault: `repository-${fault}`,
  what,
  async run(world) {
    world.make(tasks());
    prepare(world);
    world.keep();
    const { run, states, code } = await world.carryOut();
    world.allDone(run, KEYS);
    world.expect(world.problems().length === 0, "before landing");
    const landed = await world.run(["land", run]);
    const there = landed.code === 0 ? "landed" : `not landed: ${saidIn(landed)}`;
    if (landed.code === 0)
      for (const key of KEYS)
        world.expect(
          execFileSync("cat", [path.join(world.cwd, `out/${key}.txt`)], { encoding: "utf8" }) ===
            `${key}\n`,
          `${key} is not in the tree`,
        );
    world.expect(landed.code === 0 || /hint:/.test(landed.stderr), `no hint: ${landed.stderr}`);
    world.keep();
    return `exit ${code}: ${countOf(states)}; ${there}`;
  },
});

/** The files a run needs beside a repository. */
const planAndSettings = ({ root }) =>
  Object.fromEntries(
    [PLAN, "wavegate.config.yaml"].map((name) => [
      name,
      readFileSync(path.join(root, name), "utf8"),
    ]),
  );

const refused = (fault, what, code, prepare) => ({
  fault: `repository-${fault}`,
  what,
  async run(world) {
    world.make(tasks());
    prepare(world);
    const end = await world.run(["run", PLAN]);
    world.expect(end.code !== 0 && end.code !== null, `ended with ${end.code}`);
    world.expect(/^error [A-Z_]+: .+\n {2}hint: /m.test(end.stderr), `said ${end.stderr}`);
    world.expect(saidIn(end) === code, `said ${saidIn(end)}: ${end.stderr}`);
    return `refused, exit ${end.code}: \`${saidIn(end)}\``;
  },
});

const conflict = ({ root }) => {
  gitIn(root, "checkout", "-qb", "other");
  put(root, { "src/a.txt": "one\n" });
  commit(root, "one");
  gitIn(root, "checkout", "-q", "main");
  put(root, { "src/a.txt": "two\n" });
  commit(root, "two");
  try {
    gitIn(root, "merge", "-q", "other");
  } catch {
    // The conflict is what is wanted.
  }
};

function lfs({ root }, filter) {
  put(root, { ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n" });
  put(root, { "big.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n" });
  commit(root, "lfs");
  gitIn(root, "config", "filter.lfs.clean", filter);
  gitIn(root, "config", "filter.lfs.smudge", filter);
  gitIn(root, "config", "filter.lfs.required", "true");
}

/** Something is done to the repository when the first task has landed. */
const meanwhile = (fault, what, { args = [], act, after, isBranchGone = false }) => ({
  fault: `meanwhile-${fault}`,
  what,
  async run(world) {
    world.make(tasksOf(4, { wait: 700 }), { execution: { workers: 1 } });
    const started = world.start(["run", PLAN, "--json", ...args]);
    await started.heard('"event":"landed"');
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    await act(world, run);
    world.keep();
    const end = runIn(await started.done);
    const branch = isBranchGone ? `refs/wavegate/landing/${run}/head` : `wavegate/${run}`;
    world.allDone(run, ["1.1", "1.2", "1.3", "1.4"], branch);
    // A branch that follows the run is to move; all else is to be as the user left it.
    if (!args.includes("--target")) world.problems();
    const told = await after(world, end);
    return `exit ${end.code}: ${countOf(end.states)}; ${told}`;
  },
});

const land = async (world, run, ...args) => {
  const before = world.digest();
  const end = await world.run(["land", run, ...args]);
  const isSame = world.digest() === before;
  world.expect(end.code === 0 || isSame, "a landing that was refused changed something");
  world.expect(end.code === 0 || /hint:/.test(end.stderr), `no hint: ${end.stderr}`);
  world.keep();
  return end.code === 0 ? "landed" : `landing refused: \`${saidIn(end)}\`, nothing touched`;
};

export const REPOSITORY_ROWS = [
  works("dirty", "changed, staged and untracked files", ({ root }) => {
    put(root, { "src/a.txt": "mine\n", "staged.txt": "s\n", "untracked.txt": "u\n" });
    gitIn(root, "add", "staged.txt");
  }),
  works("detached", "a detached HEAD", ({ root }) => gitIn(root, "checkout", "-q", "--detach")),
  works("shallow", "a clone of depth 1", (world) => {
    put(world.root, { "src/b.txt": "b\n" });
    commit(world.root, "a second commit, which alone is in the clone");
    const shallow = path.join(world.folder, "shallow-clone");
    gitIn(world.folder, "clone", "-q", "--depth=1", `file://${world.root}`, shallow);
    gitIn(shallow, "config", "user.name", "U");
    gitIn(shallow, "config", "user.email", "u@example.invalid");
    world.moveTo(shallow);
  }),
  works("linked", "a linked working tree", (world) => {
    const linked = path.join(world.folder, "linked-tree");
    gitIn(world.root, "worktree", "add", "-q", linked, "-b", "side");
    world.moveTo(linked);
  }),
  works("submodule", "a submodule", (world) => {
    const inner = path.join(world.folder, "inner");
    gitIn(world.folder, "clone", "-q", world.root, inner);
    gitIn(
      world.root,
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      inner,
      "sub",
    );
    commit(world.root, "submodule");
  }),
  works("lfs", "a file of LFS, whose filter leaves it as it is", (world) => lfs(world, "cat")),
  works("lfs-broken", "a file of LFS, whose filter fails whenever it is asked", (world) =>
    lfs(world, "false"),
  ),
  refused("bare", "a bare repository", "REPOSITORY_UNFIT", (world) => {
    gitIn(world.folder, "clone", "-q", "--bare", world.root, path.join(world.folder, "bare.git"));
    put(path.join(world.folder, "bare.git"), planAndSettings(world));
    world.cwd = path.join(world.folder, "bare.git");
  }),
  refused("unborn", "a branch without a commit", "REPOSITORY_UNFIT", (world) => {
    const unborn = path.join(world.folder, "unborn");
    mkdirSync(unborn);
    put(unborn, planAndSettings(world));
    gitIn(unborn, "init", "-q");
    world.cwd = unborn;
  }),
  refused("mid-merge", "in the middle of a merge", "REPOSITORY_UNFIT", (world) => {
    conflict(world);
    world.keep();
  }),
  refused("none", "no repository", "REPOSITORY_MISSING", (world) => {
    const plain = path.join(world.folder, "plain");
    mkdirSync(plain);
    put(plain, planAndSettings(world));
    world.cwd = plain;
  }),
  meanwhile("target-moved", "`--target release`, and somebody commits on release", {
    args: ["--target", "release"],
    act: ({ root }) => {
      const tree = gitIn(root, "rev-parse", "release^{tree}").trim();
      const mine = gitIn(root, "commit-tree", tree, "-p", "release", "-m", "mine").trim();
      gitIn(root, "update-ref", "refs/heads/release", mine);
    },
    after(world) {
      const release = world.git("log", "--format=%s", "release").split("\n");
      for (const subject of ["mine", "Do 1.1", "Do 1.2", "Do 1.3", "Do 1.4"])
        world.expect(release.includes(subject), `${subject} is not on release`);
      const changed = world.git("status", "--porcelain", "--", ".", ":!docs", ":!.wavegate");
      world.expect(changed === "", `changed: ${changed}`);
      world.keep();
      return "what the user committed is merged, and all is on release";
    },
  }),
  meanwhile("branch-moved", "the user commits on the branch they are on", {
    act: ({ root }) => {
      put(root, { "mine.txt": "mine\n" });
      gitIn(root, "add", "mine.txt");
      gitIn(root, "commit", "-qm", "mine");
    },
    after: (world, { run }) => land(world, run),
  }),
  meanwhile("merge-begun", "the user begins a merge that conflicts", {
    act: conflict,
    after: (world, { run }) => land(world, run),
  }),
  meanwhile("packed", "`git gc --prune=now` with all reflogs expired, again and again", {
    act: ({ root }) => {
      for (let round = 0; round < 3; round++) {
        gitIn(root, "reflog", "expire", "--expire=now", "--all");
        gitIn(root, "gc", "-q", "--prune=now");
      }
    },
    after: (world, { run }) => land(world, run),
  }),
  meanwhile("cleaned", "`git clean -fdx`, which takes `.wavegate` along", {
    act: ({ root }) => {
      try {
        gitIn(root, "clean", "-fdxq");
      } catch {
        // The run writes there meanwhile: a folder that is not empty is left, and git says so.
      }
    },
    after: (world, { run }) => land(world, run),
  }),
  meanwhile("run-branch-deleted", "the user deletes the run's branch", {
    isBranchGone: true,
    act: ({ root }, run) => gitIn(root, "update-ref", "-d", `refs/heads/wavegate/${run}`),
    after: (world, { run }) => land(world, run),
  }),
  meanwhile("switched", "the user switches to another branch and commits the plan there", {
    async act(world) {
      for (let tries = 0; tries < 200 && !world.plan().includes("- [x]"); tries++) await sleep(50);
      gitIn(world.root, "checkout", "-q", "-b", "elsewhere");
      commit(world.root, "with the plan as it is");
    },
    after: (world, { run }) => land(world, run),
  }),
  {
    fault: "landing-flaky-tests",
    what: "the project's tests fail 3 times in 10 for nothing, five runs of six tasks",
    async run(world) {
      let [held, blamed, lost] = [0, 0, 0];
      for (let round = 0; round < 5; round++) {
        const each = world.open(`flaky-${round}`);
        each.make(tasksOf(6, { wait: 100 }), {
          execution: { test: `node -e "process.exit(Math.random() < 0.3 ? 1 : 0)"`, retries: 3 },
        });
        let end = await each.carryOut();
        const events = [...end.events];
        for (let more = 0; more < 10 && end.code !== 0; more++) {
          held += 1;
          const again = await each.goOn(end.run);
          events.push(...again.events);
          end = { ...again, run: end.run };
        }
        blamed += events.filter(({ event }) => event === "failed").length;
        each.allDone(end.run, Object.keys(tasksOf(6)));
        const problems = each.problems();
        lost += problems.length;
        for (const problem of problems) world.expect(false, `run ${round}: ${problem}`);
      }
      return `30 tasks done, ${blamed} blamed wrongly and done again, held ${held} times and resumed, ${lost} problems`;
    },
  },
];
