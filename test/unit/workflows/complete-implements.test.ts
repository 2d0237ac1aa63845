/** The whole workflow where agents can carry out the plan that it makes: from the specification to landed work (PR-04). */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import type { WorkInfo } from "../../../src/stage/records.ts";
import { completeFixture, FOLDER, placeOf, waitOf } from "./complete-fixture.ts";
import { planWorld } from "./plan-world.ts";

const PLAN = `${FOLDER}/implementation_plan.md`;

function fixtureWithAgents(fails = false) {
  const worlds: ReturnType<typeof planWorld>[] = [];
  const fixture = completeFixture({
    agents: (disk, store) => {
      const world = planWorld({
        plans: {},
        disk,
        store,
        deeds: { "1.1": (tree) => (fails ? { kind: "crashed" } : void tree.set("money.js", "1")) },
      });
      worlds.push(world);
      const {
        plans: _plans,
        base: _base,
        branch: _branch,
        target: _target,
        caps: _caps,
        ...chosen
      } = world.input;
      return { ...world, chosen: { ...chosen, attempts: { ...chosen.attempts, retries: 0 } } };
    },
  });
  const [world] = worlds;
  if (!world) throw new Error("no world");
  return { fixture, world };
}

test("the plan of preparation is carried out, a person brings it over, and the review looks at it", async () => {
  const { fixture, world } = fixtureWithAgents();
  world.git.refusals.push(
    new WavegateError("TREE_IN_THE_WAY", "money.js would be overwritten.", { hint: "Move it." }),
  );
  let record = await fixture.start();
  for (const place of ["gate planning", "gate preparation"]) {
    expect(placeOf(record)).toBe(place);
    record = await fixture.goOn(record);
  }
  expect(placeOf(record)).toBe("work implementation");
  const built = waitOf(record).info as WorkInfo;
  expect(built.message).toMatch(
    /^The plan is carried out: 1 done; on refs\/heads\/wavegate\/run-1 at/,
  );
  expect(built).toMatchObject({ document: PLAN, tasks: 1, done: 1 });
  expect(fixture.memory.disk.get(PLAN)).toContain("- [x] 1.1 Add money");
  const head = world.git.heads.at(-1) ?? "";
  expect([...world.git.treeAt(head).keys()]).toContain("money.js");
  expect((await fixture.events()).map(({ type }) => type)).toEqual(
    expect.arrayContaining(["plan-run-started", "checkpoint-taken", "plan-run-finished"]),
  );
  // what is in the way is told, and the next word tries again
  record = await fixture.goOn(record);
  expect(placeOf(record)).toBe("work implementation");
  expect(waitOf(record).info).toMatchObject({
    message: "TREE_IN_THE_WAY: money.js would be overwritten. Move it.",
    hint: "Move it. Then: wavegate resume run-1",
  });
  record = await fixture.goOn(record);
  expect(placeOf(record)).toBe("gate review");
  record = await fixture.goOn(record);
  expect(record.status).toBe("completed");
});

test("a task that fails holds the run as a run of plans is held, and a word goes on", async () => {
  const { fixture } = fixtureWithAgents(true);
  let record = await fixture.start();
  for (let turn = 0; turn < 2; turn++) record = await fixture.goOn(record);
  expect(record.wait).toMatchObject({ kind: "hold", info: { failed: [{ task: "1.1" }] } });
});

test("killed while it is carried out, the run goes on with it and lands it once", async () => {
  const { fixture, world } = fixtureWithAgents();
  let crashed = false;
  let record = await fixture.start();
  record = await fixture.goOn(record);
  fixture.hooks.audited = (action) => {
    // the approval of preparation is written: the implementation begins next
    if (crashed || action !== "preparation written") return;
    crashed = true;
    setImmediate(() => void fixture.crash());
  };
  record = await fixture.goOn(record);
  expect(crashed).toBe(true);
  expect(placeOf(record)).toBe("work implementation");
  expect(world.git.heads).toHaveLength(1);
});
