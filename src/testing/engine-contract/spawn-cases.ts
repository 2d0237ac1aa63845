import assert from "node:assert/strict";
import type { Cases, Scene } from "./harness.ts";
import type { Op } from "./script.ts";

const child = (name: string): Op => ({ spawn: name, ops: [{ do: name }] });

/** Begin a run that spawns these at once and says `spawned`, then does the rest. */
const spawning = (names: readonly string[], ...rest: readonly Op[]): readonly Op[] => [
  ...names.map(child),
  ...rest,
];

/** What the run gave, without what the ops before gave. */
const outputAfter = async (scene: Scene, ops: number): Promise<readonly unknown[]> => {
  const { output } = await scene.settled("r");
  assert.ok(Array.isArray(output), JSON.stringify(output));
  return output.slice(ops);
};

/** Children that a run starts and goes on without (PX-05). */
export const spawnCases: Cases = {
  "what becomes known is received once, in that order, and after a kill in the same": async (
    scene,
  ) => {
    const first = await scene.worker();
    await first.start(
      "r",
      spawning(
        ["a", "b", "c", "d"],
        { receive: 1 },
        { do: "one" },
        { receive: 2 },
        { do: "three" },
        { receive: 1 },
        { do: "four" },
        { receive: 1 },
      ),
    );
    (await scene.desk.next("c")).finish("C");
    // Received, since the run goes on with it.
    (await scene.desk.next("one")).finish(1);
    await scene.observer.tell("r", { key: "m", value: { says: "M" } });
    (await scene.desk.next("a")).finish("A");
    const three = await scene.desk.next("three");
    await scene.desk.next("b");
    await scene.desk.next("d");
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("d")).finish("D");
    const again = await scene.desk.next("three");
    assert.deepEqual([three.starts, again.starts, again.worker], [1, 2, second.name]);
    again.finish(3);
    // As above: a child that ends after this one has been received.
    (await scene.desk.next("four")).finish(4);
    const b = await scene.desk.next("b");
    assert.equal(b.starts, 2);
    await scene.observer.tell("r", { key: "m", value: "told again" });
    b.finish("B");
    assert.deepEqual(await outputAfter(scene, 4), [
      [{ c: ["C"] }],
      1,
      [{ m: { says: "M" } }, { a: ["A"] }],
      3,
      [{ d: ["D"] }],
      4,
      [{ b: ["B"] }],
    ]);
    assert.deepEqual([scene.desk.timesBegun("a"), scene.desk.timesBegun("c")], [1, 1]);
  },

  "a child that fails is received as failed, and ends nobody else": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [
      { spawn: "x", ops: [{ fail: "broken" }] },
      { receive: 1 },
      child("y"),
      { receive: 1 },
      { spawn: "z", ops: [{ spawn: "z/z", ops: [] }] },
      { receive: 1 },
    ]);
    (await scene.desk.next("y")).finish("fine");
    const [, x, , y, , z] = await outputAfter(scene, 0);
    assert.deepEqual([x, y], [[{ x: "failed: broken" }], [{ y: ["fine"] }]]);
    assert.match(JSON.stringify(z), /only the run itself spawns/);
  },

  "two hundred children at once are each received once, over a kill": async (scene) => {
    const names = Array.from({ length: 200 }, (_, number) => `n${number}`);
    const first = await scene.worker();
    await first.start("r", spawning(names, { receive: 50 }, { do: "some" }, { receive: 150 }));
    await scene.desk.openCalls(200);
    for (const name of names.slice(0, 50)) (await scene.desk.next(name)).finish(name);
    await scene.desk.next("some");
    await first.kill();
    const second = await scene.worker();
    await second.work(1);
    for (const call of await scene.desk.openCalls(151)) call.finish(call.step);
    const [early, , late] = await outputAfter(scene, 200);
    const came = [early, late].flat();
    const seen = came.flatMap((one) => Object.keys(Object(one)));
    assert.equal(scene.desk.begun.length, 201 + 151);
    assert.deepEqual(seen.toSorted(), names.toSorted());
  },

  "end: effects abort and tell so, the child goes on to its own end, and nobody else is aborted":
    async (scene) => {
      const first = await scene.worker();
      const limits = [{ pool: "p", limit: 1, scope: "run" }] as const;
      await first.start("r", [
        { spawn: "holds", ops: [{ do: "held", limits }] },
        { spawn: "works", ops: [{ do: "w1" }, { do: "w2" }, { sleep: 1_000_000 }] },
        { spawn: "asks", ops: [{ ask: "g", token: "t", kind: "work" }] },
        { do: "go" },
        { spawn: "queues", ops: [{ do: "q", limits }] },
        { end: "works" },
        { end: "works" },
        { end: "queues" },
        { end: "asks" },
        { receive: 3 },
        { do: "late" },
        { end: "works" },
        { receive: 1 },
      ]);
      const held = await scene.desk.next("held");
      const w1 = await scene.desk.next("w1");
      await scene.when("r", ({ wait }) => wait?.name === "g");
      (await scene.desk.next("go")).finish("go");
      await w1.aborted;
      await scene.desk.next("late");
      assert.equal((await scene.observer.run("r"))?.wait, undefined);
      await first.kill();
      const second = await scene.worker();
      assert.equal(await second.claim("r"), "claimed");
      (await scene.desk.next("late")).finish("late");
      (await scene.desk.next("held")).finish("held");
      const output = await outputAfter(scene, 9);
      const [came, late, , rest] = output;
      assert.ok(Array.isArray(came));
      const { works, queues, asks } = Object.assign({}, ...came);
      const w2 = { endedBefore: "w2", aborted: true };
      assert.deepEqual(works, [{ ended: "w1" }, w2, "slept"]);
      assert.deepEqual(queues, [{ endedBefore: "q", aborted: true }]);
      assert.match(asks, /^failed: .*g is not waited for/);
      assert.deepEqual([late, rest], ["late", [{ holds: ["held"] }]]);
      assert.equal(held.starts, 1);
      assert.equal(scene.desk.timesBegun("w2") + scene.desk.timesBegun("q"), 0);
    },

  "a child that was ended stays so when its worker dies before it came to its end": async (
    scene,
  ) => {
    const first = await scene.worker();
    await first.start("r", [
      { spawn: "x", ops: [{ ask: "g", token: "t" }, { do: "a" }] },
      { do: "go" },
      { end: "x" },
      { do: "kill me" },
      { receive: 1 },
    ]);
    await scene.when("r", ({ wait }) => wait !== undefined);
    (await scene.desk.next("go")).finish("go");
    await scene.desk.next("kill me");
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("kill me")).finish("went on");
    // The wait may be shown until the child has come to its end again.
    const came = JSON.stringify((await scene.settled("r", "g")).output);
    assert.match(came, /x.*failed: g is not waited for/);
    assert.equal(scene.desk.timesBegun("a"), 0);
  },

  "cancel, and the run's own end, end what spawned children do": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", spawning(["a", "b"], { receive: 2 }));
    const calls = [await scene.desk.next("a"), await scene.desk.next("b")];
    await scene.observer.cancel("r");
    await Promise.all(calls.map(({ aborted }) => aborted));
    await worker.start("s", [child("c"), { do: "last" }]);
    const c = await scene.desk.next("c");
    (await scene.desk.next("last")).finish("last");
    await c.aborted;
    const record = await scene.settled("s");
    assert.deepEqual([record.status, record.output], ["completed", ["spawned c", "last"]]);
    await worker.kill();
    const next = await scene.worker();
    await next.work(1);
    await scene.offer("probe", [{ do: "p" }]);
    (await scene.desk.next("p")).finish("p");
    await scene.settled("probe");
    assert.equal(scene.desk.begun.length, 5);
  },
};
