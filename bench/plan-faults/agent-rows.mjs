/** Agents that do what they must not, or too much. What is cheap of this is in `test/real/execute.test.ts`. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { countOf, own, tasksOf } from "./worlds.mjs";

const kilobytesIn = (folder) =>
  Number(execFileSync("du", ["-sk", folder], { encoding: "utf8" }).split("\t")[0]);

/** Beside two tasks that do their work, one leaves too much: that one fails, the others land, and the user's repository does not grow. */
const tooMuch = (fault, what, step) => ({
  fault,
  what,
  async run(world) {
    world.make(
      { ...tasksOf(2), 1.3: { ...own("1.3"), steps: [step] } },
      { execution: { retries: 0, timeout: "5m", stall: "5m" } },
    );
    const git = path.join(world.root, ".git");
    const before = kilobytesIn(git);
    const { run, states, code } = await world.carryOut();
    world.expect(states.get("1.3") === "failed output-limit", `1.3 is ${states.get("1.3")}`);
    for (const key of ["1.1", "1.2"])
      world.expect(states.get(key) === "done", `${key} is ${states.get(key)}`);
    const grown = (kilobytesIn(git) - before) / 1024;
    world.expect(grown < 10, `the user's repository grew by ${grown.toFixed(0)} MiB`);
    const clones = kilobytesIn(path.join(world.home, "workspaces")) / 1024;
    world.expect(code === 1, `ended with ${code}`);
    return `${countOf(states)}; exit ${code}; repository + ${grown.toFixed(1)} MiB, clones ${clones.toFixed(0)} MiB (run ${run})`;
  },
});

export const AGENT_ROWS = [
  {
    fault: "agents-same-file",
    what: "six tasks at once put a line at the end of one file, which the plan says nothing of",
    async run(world) {
      const keys = ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"];
      const tasks = keys.map((key) => [
        key,
        { steps: [{ wait: 400 }, { append: "src/a.txt", text: `${key}\n` }] },
      ]);
      world.make(Object.fromEntries(tasks), { execution: { workers: 6, retries: 6 } });
      const { run, states, attempts, events } = await world.carryOut();
      const lines = (world.show(`wavegate/${run}`, "src/a.txt") ?? "").trim().split("\n");
      world.expect(
        lines.toSorted().join() === ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "a"].join(),
        `the file is ${lines.join()}`,
      );
      world.expect(!world.plan().includes("- [ ]"), "not all is ticked");
      const conflicts = events.filter(({ event }) => event === "conflicted").length;
      return `${countOf(states)}; ${conflicts} conflicts given back, ${attempts} attempts, no line lost or twice`;
    },
  },
  tooMuch("agents-100000-files", "100,000 files", { fault: "many-files", count: 100_000 }),
  tooMuch("agents-2-gib-sparse", "a sparse file of 2 GiB", { fault: "big-file", bytes: 2 ** 31 }),
  tooMuch("agents-2-gb", "files of 2 GB that are really there", {
    run: [
      "sh",
      "-c",
      "mkdir big && for n in 1 2 3 4; do head -c 500000000 /dev/zero > big/$n.bin; done",
    ],
  }),
];
