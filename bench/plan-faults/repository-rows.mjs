/** Repositories as people have them, and what people do to them while a plan is carried out. */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
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

const refused = (fault, what, prepare) => ({
  fault: `repository-${fault}`,
  what,
  async run(world) {
    world.make(tasks());
    prepare(world);
    const end = await world.run(["run", PLAN]);
    world.expect(end.code !== 0 && end.code !== null, `ended with ${end.code}`);
    world.expect(/^error [A-Z_]+: .+\n {2}hint: /m.test(end.stderr), `said ${end.stderr}`);
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

/** Something is done to the repository when the first task has landed. */
const meanwhile = (fault, what, { args = [], act, after, execution = {}, prepare = () => {} }) => ({
  fault: `meanwhile-${fault}`,
  what,
  async run(world) {
    world.make(tasksOf(4, { wait: 700 }), { execution: { workers: 1, ...execution } });
    prepare(world);
    const started = world.start(["run", PLAN, "--json", ...args]);
    await started.heard('"event":"landed"');
    const [, run = ""] = /"runId":"([^"]+)"/.exec(started.text.stdout) ?? [];
    await act(world, run);
    world.keep();
    const end = runIn(await started.done);
    world.allDone(run, ["1.1", "1.2", "1.3", "1.4"]);
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
    commit(world.root, "--allow-empty");
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
  works("lfs", "files of LFS, and a filter that would fail", ({ root }) => {
    put(root, { ".gitattributes": "*.bin filter=lfs diff=lfs merge=lfs -text\n" });
    put(root, { "big.bin": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n" });
    commit(root, "lfs");
    gitIn(root, "config", "filter.lfs.clean", "cat");
    gitIn(root, "config", "filter.lfs.smudge", "cat");
  }),
  refused("bare", "a bare repository", (world) => {
    gitIn(world.folder, "clone", "-q", "--bare", world.root, path.join(world.folder, "bare.git"));
    put(path.join(world.folder, "bare.git"), {
      [PLAN]: world.plan(),
      "wavegate.config.yaml": "{}\n",
    });
    world.cwd = path.join(world.folder, "bare.git");
  }),
  refused("unborn", "a branch without a commit", (world) => {
    const unborn = path.join(world.folder, "unborn");
    mkdirSync(unborn);
    put(unborn, { [PLAN]: world.plan(), "wavegate.config.yaml": "{}\n" });
    gitIn(unborn, "init", "-q");
    world.cwd = unborn;
  }),
  refused("mid-merge", "in the middle of a merge", (world) => {
    conflict(world);
    world.keep();
  }),
  refused("none", "no repository", (world) => {
    const plain = path.join(world.folder, "plain");
    mkdirSync(plain);
    put(plain, { [PLAN]: world.plan(), "wavegate.config.yaml": "{}\n" });
    world.cwd = plain;
  }),
  meanwhile("target-moved", "`--target release`, and somebody commits on release", {
    args: ["--target", "release"],
    act: ({ root }) => {
      const tree = gitIn(root, "rev-parse", "release^{tree}").trim();
      const mine = gitIn(root, "commit-tree", tree, "-p", "release", "-m", "mine").trim();
      gitIn(root, "update-ref", "refs/heads/release", mine);
    },
    after: (world, { run }) => land(world, run, "--onto", "release"),
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
    prepare: () => {},
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
  meanwhile("run-branch-deleted", "the user deletes the run's branch", {
    act: ({ root }, run) => gitIn(root, "update-ref", "-d", `refs/heads/wavegate/${run}`),
    after: async (world, { run }) => {
      const told = await land(world, run);
      return told;
    },
  }),
  meanwhile("switched", "the user switches to another branch and commits the plan there", {
    act: ({ root }) => {
      gitIn(root, "checkout", "-q", "-b", "elsewhere");
      commit(root, "with the plan as it is");
      gitIn(root, "checkout", "-q", "main");
      gitIn(root, "checkout", "-q", "elsewhere");
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
        for (let more = 0; more < 10 && end.code !== 0; more++) {
          held += 1;
          const again = await each.goOn(end.run);
          end = { ...again, run: end.run };
        }
        blamed += end.events.filter(
          ({ event, reason }) => event === "failed" && reason?.kind !== undefined,
        ).length;
        each.allDone(end.run, Object.keys(tasksOf(6)));
        const problems = each.problems();
        lost += problems.length;
        for (const problem of problems) world.expect(false, `run ${round}: ${problem}`);
      }
      return `30 tasks done, ${blamed} blamed wrongly and done again, held ${held} times and resumed, ${lost} problems`;
    },
  },
];
