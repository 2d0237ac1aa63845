/** The whole workflow where agents can carry out the plan that it makes: from the specification to landed work (PR-04). */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import type { RunRecord } from "../../../src/ports/engine.ts";
import type { WorkInfo } from "../../../src/stage/records.ts";
import { completeFixture, FOLDER, placeOf, SPEC, waitOf } from "./complete-fixture.ts";
import { planWorld } from "./plan-world.ts";

const PLAN = `${FOLDER}/implementation_plan.md`;

/** The specification changes while the first task of the plan is at work. */
function changingWorld(plan: string) {
  const changed = { was: "" };
  const made = fixtureWithAgents(false, [plan], () => {
    const { disk } = made.fixture.memory;
    changed.was = disk.get(SPEC) ?? "";
    disk.set(SPEC, `${changed.was}\nIt is about euros.\n`);
  });
  return { ...made, changed };
}

function fixtureWithAgents(fails = false, plans?: readonly string[], atFirst = () => {}) {
  const worlds: ReturnType<typeof planWorld>[] = [];
  const fixture = completeFixture({
    ...(plans && { plans }),
    agents: (disk, store) => {
      const world = planWorld({
        plans: {},
        disk,
        store,
        deeds: {
          "1.1": (tree, _request, before) => {
            atFirst();
            return fails ? { kind: "crashed" } : void tree.set("money.js", `${before}`);
          },
          "1.2": (tree, _request, before) => void tree.set("cents.js", `${before}`),
        },
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

test("a specification that changed meanwhile: nothing is brought over before a person has put it back", async () => {
  const { fixture, world } = fixtureWithAgents();
  const { disk } = fixture.memory;
  const built = await until(fixture, await fixture.start(), "work implementation");
  const was = disk.get(SPEC) ?? "";
  disk.set(SPEC, `${was}\nIt is about euros.\n`);
  const refusal = new WavegateError("TREE_IN_THE_WAY", "money.js is there.", { hint: "Move it." });
  world.git.refusals.push(refusal);
  const held = await fixture.goOn(built);
  expect([placeOf(held), world.git.refusals]).toEqual(["hold review", [refusal]]);
  expect(waitOf(held).info).toMatchObject({ code: "STAGE_INPUTS_CHANGED" });
  world.git.refusals.length = 0;
  disk.set(SPEC, was);
  expect(placeOf(await fixture.goOn(held))).toBe("gate review");
});

test("a specification that changed before the plan is carried out: no agent is asked for any of it", async () => {
  const { fixture, world } = fixtureWithAgents();
  const { disk } = fixture.memory;
  const gate = await until(fixture, await fixture.start(), "gate preparation");
  const was = disk.get(SPEC) ?? "";
  fixture.hooks.audited = (action) => {
    if (action === "preparation written") disk.set(SPEC, `${was}\nIt is about euros.\n`);
  };
  const held = await fixture.goOn(gate);
  expect(waitOf(held).info).toMatchObject({ code: "STAGE_INPUTS_CHANGED" });
  expect(world.requests).toEqual([]);
  disk.set(SPEC, was);
  expect(placeOf(await fixture.goOn(held))).toBe("work implementation");
  expect(timesAsked(world)["1.1"]).toBe(1);
});

test("a specification that changes while the plan is carried out: nothing more of it is begun, and what was left is done once that is put back, or approved anew", async () => {
  for (const putBack of [true, false]) {
    const two = "# Build\n\n- [ ] 1.1 Add money (FR-001)\n- [ ] 1.2 Add cents (depends: 1.1)\n";
    const { fixture, world, changed } = changingWorld(two);
    const { disk } = fixture.memory;
    const held = await until(fixture, await fixture.start(), "hold review");
    expect(waitOf(held).info).toMatchObject({
      code: "STAGE_INPUTS_CHANGED",
      reason: expect.stringContaining(SPEC),
    });
    expect(timesAsked(world)).toEqual({ "1.1": 1, "1.2": 0, "1.3": 0 });
    expect(disk.get(PLAN)).toContain("- [x] 1.1");
    if (putBack) disk.set(SPEC, changed.was);
    const built = await until(fixture, await fixture.goOn(held), "work implementation");
    expect(timesAsked(world)).toEqual({ "1.1": 1, "1.2": 1, "1.3": 0 });
    const voided = (await fixture.events()).filter(({ type }) => type === "stages-voided");
    expect(voided).toHaveLength(putBack ? 0 : 1);
    expect((await until(fixture, built, "completed")).status).toBe("completed");
  }
});

/** Go on until the run waits at a place for the first time, or for good. */
async function until(
  fixture: ReturnType<typeof completeFixture>,
  record: RunRecord,
  place: string,
) {
  for (let at = record, turn = 0; turn < 12; turn++) {
    if (placeOf(at) === place || !at.wait) return at;
    at = await fixture.goOn(at);
  }
  throw new Error(`it never came to ${place}`);
}

const timesAsked = ({ requests }: ReturnType<typeof planWorld>) =>
  Object.fromEntries(
    ["1.1", "1.2", "1.3"].map((task) => [
      task,
      requests.filter(({ role, contract }) => role === task && contract === "task_report").length,
    ]),
  );

test("a plan that is edited after it was carried out is approved anew, and only what is new in it is carried out", async () => {
  const { fixture, world } = fixtureWithAgents();
  const { disk } = fixture.memory;
  const built = await until(fixture, await fixture.start(), "work implementation");
  const review = await fixture.goOn(built);
  expect(placeOf(review)).toBe("gate review");
  disk.set(PLAN, `${disk.get(PLAN)}- [ ] 1.2 Add cents (FR-001)\n`);
  const held = await fixture.goOn(review);
  expect(held.wait?.kind).toBe("hold");
  const again = await until(fixture, held, "work implementation");
  const { message } = waitOf(again).info as WorkInfo;
  expect(message).toMatch(
    /^What was approved anew is carried out: 2 done; .* 1 of them was done before, and not again\. /,
  );
  expect(timesAsked(world)).toEqual({ "1.1": 1, "1.2": 1, "1.3": 0 });
  expect(disk.get(PLAN)).toContain("- [x] 1.2 Add cents");
  expect(placeOf(await fixture.goOn(again))).toBe("gate review");
});

test("a plan that is made anew does nothing twice, puts what was reworded to work again, and begins from what the user has by then", async () => {
  const first = "# Build\n\n- [ ] 1.1 Add money (FR-001)\n- [ ] 1.2 Add cents (FR-001)\n";
  const second =
    "# Build\n\n- [ ] 1.1 Read the file (FR-001)\n- [ ] 1.2 Add euros (FR-001)\n- [ ] 1.3 Add money (FR-001)\n";
  const { fixture, world } = fixtureWithAgents(false, [first, second]);
  const { disk } = fixture.memory;
  const built = await until(fixture, await fixture.start(), "work implementation");
  const review = await fixture.goOn(built);
  disk.set(SPEC, `${disk.get(SPEC)}\nIt is about euros.\n`);
  const theirs = world.git.commitOn({ "mine.txt": "by hand" });
  const again = await until(fixture, await fixture.goOn(review), "work implementation");
  // money landed under another key; what stands at 1.1 and 1.2 now is other work
  expect(timesAsked(world)).toEqual({ "1.1": 2, "1.2": 2, "1.3": 0 });
  expect(disk.get(PLAN)).toBe(second.replaceAll("[ ]", "[x]"));
  expect(waitOf(again).info).toMatchObject({
    message: expect.stringContaining("3 done; on refs/heads/wavegate/run-1 at"),
    tasks: 3,
    done: 3,
  });
  const head = world.git.heads.at(-1) ?? "";
  expect(world.git.treeAt(head).get("mine.txt")).toBe("by hand");
  expect(world.git.log(head)).toContain("by the user");
  expect(world.git.commits.has(theirs)).toBe(true);
  const changed = (await fixture.events()).filter(({ type }) => type === "plan-changed");
  expect(changed).toHaveLength(1);
  const ended = await until(fixture, again, "completed");
  expect(ended.status).toBe("completed");
});

test("killed while it is carried out anew, the run does nothing twice either", async () => {
  const { fixture, world } = fixtureWithAgents();
  const { disk } = fixture.memory;
  const built = await until(fixture, await fixture.start(), "work implementation");
  const review = await fixture.goOn(built);
  disk.set(PLAN, `${disk.get(PLAN)}- [ ] 1.2 Add cents (FR-001)\n`);
  const gate = await until(fixture, await fixture.goOn(review), "gate preparation");
  let crashed = false;
  fixture.hooks.audited = (action) => {
    if (crashed || action !== "preparation written") return;
    crashed = true;
    setImmediate(() => void fixture.crash());
  };
  const again = await fixture.goOn(gate);
  expect([crashed, placeOf(again)]).toEqual([true, "work implementation"]);
  expect(world.git.heads).toHaveLength(2);
  expect(timesAsked(world)["1.1"]).toBe(1);
});
