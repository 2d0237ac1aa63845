/** Plans that are edited while they are carried out. Random edits at random moments are in `test/unit/workflows/run-plan-marks.test.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { countOf, own, PLAN, runIn, tasksOf } from "./worlds.mjs";

const edit = (world, change) => {
  const file = path.join(world.root, PLAN);
  writeFileSync(file, change(readFileSync(file, "utf8")));
};

/** Each task writes a file of its title, which goes with it whatever its key. */
const titled = (count, wait) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const key = `1.${index + 1}`;
      return [key, own(key, { wait, words: `Piece ${String.fromCodePoint(65 + index)}` })];
    }),
  );

export const EDIT_ROWS = [
  {
    fault: "edits-of-all-kinds",
    what: "while two of eight are at work: a task added, one taken out, one at work taken out, one re-worded, one ticked by hand",
    async run(world) {
      world.make({ ...titled(8, 1_500), 1.9: own("1.9") }, { execution: { workers: 2 } });
      // 1.9 is put in later.
      edit(world, (text) => text.replace(/- \[ \] 1\.9[^\n]*\n[^\n]*\n/, ""));
      const started = world.start(["run", PLAN, "--json"]);
      await started.heard('"task":"1.2"');
      edit(world, (text) =>
        text
          .replace(/- \[ \] 1\.2[^\n]*\n[^\n]*\n/, "")
          .replace(/- \[ \] 1\.5[^\n]*\n[^\n]*\n/, "")
          .replace("1.6 Piece F", "1.6 Piece F, but otherwise")
          .replace("- [ ] 1.7", "- [x] 1.7")
          .concat("- [ ] 1.9 Piece I [10m]\n  - Creates: out/1.9.txt\n\nA word of mine.\n"),
      );
      const { run, states, code } = runIn(await started.done);
      world.allDone(run, ["1.1", "1.3", "1.4", "1.6", "1.8", "1.9"]);
      for (const key of ["1.2", "1.5", "1.7"])
        world.expect(
          world.show(`wavegate/${run}`, `out/${key}.txt`) === undefined,
          `${key} was done`,
        );
      world.expect(world.plan().endsWith("\nA word of mine.\n"), "the user's words are gone");
      world.expect(
        world.plan().includes("Piece F, but otherwise"),
        "the user's new words are gone",
      );
      return `exit ${code}: ${countOf(states)}; what was taken out or ticked is not done, the user's words stay`;
    },
  },
  {
    fault: "edits-renumbered",
    what: "a task put in before those at work, and all others renumbered, twice",
    async run(world) {
      // By its key the puppet can't know which piece it is: each makes a file that no other makes.
      const anyFile = ["sh", "-c", "echo x > out/$(od -An -N8 -tx8 /dev/urandom | tr -d ' ').txt"];
      const parts = Object.entries(titled(8, 0)).map(([key, { words }]) => [
        key,
        { words, steps: [{ wait: 1_200 }, { run: anyFile }] },
      ]);
      world.make(Object.fromEntries(parts), { execution: { workers: 2 } });
      edit(world, (text) => text.replace(/- \[ \] 1\.7[^]*$/, ""));
      const started = world.start(["run", PLAN, "--json"]);
      const insert = (title) =>
        edit(world, (text) => {
          const moved = text.replace(
            /- \[(.)\] 1\.(\d+)/g,
            (_, box, id) => `- [${box}] 1.${Number(id) + 1}`,
          );
          return moved.replace("- [", `- [ ] 1.1 ${title} [10m]\n- [`);
        });
      await started.heard('"task":"1.2"');
      insert("Piece X");
      await started.heard("plan-changed");
      await sleep(1_000);
      insert("Piece Y");
      const { run, states, code, events } = runIn(await started.done);
      const titles = new Map();
      for (const event of events)
        if (event.type === "plan-run-started" || event.type === "plan-changed")
          for (const { key, title } of event.tasks) titles.set(key, title);
      world.expect(!world.plan().includes("- [ ]"), `not all is ticked: ${world.plan()}`);
      const landed = world
        .git("log", "--format=%s", `main..wavegate/${run}`)
        .split("\n")
        .toSorted();
      world.expect(
        landed.length === 8 && new Set(landed).size === 8,
        `landed: ${landed.join("; ")}`,
      );
      return `exit ${code}: ${countOf(states)}; each of the 8 pieces landed once, all boxes ticked`;
    },
  },
  {
    fault: "edits-broken",
    what: "the plan is emptied, made no plan, taken away for a second each, and put back",
    async run(world) {
      const keys = Object.keys(tasksOf(6));
      world.make(tasksOf(6, { wait: 900 }), { execution: { workers: 2 } });
      const started = world.start(["run", PLAN, "--json"]);
      await started.heard('"task":"1.2"');
      for (const bad of ["", "\0\0\0", "# Nothing\n", "- [ ] 1.1 Do it (depends: 1.1)\n"]) {
        const text = world.plan();
        edit(world, () => bad);
        await sleep(1_000);
        // As an editor that undoes: what the run ticked meanwhile is not in it.
        edit(world, () => text);
        await sleep(300);
      }
      const { run, states, code } = runIn(await started.done);
      world.allDone(run, keys);
      return `exit ${code}: ${countOf(states)}; all ticked in the plan that was put back`;
    },
  },
];
