import assert from "node:assert/strict";
import type { Cases } from "./harness.ts";

const everywhere = (limit: number) => [{ pool: "agents", limit, scope: "everywhere" }] as const;
const inRun = (limit: number) => [{ pool: "agents", limit, scope: "run" }] as const;

/** Several workers, and what happens when one dies, hangs or comes back. */
export const workerCases: Cases = {
  "who executed a run is told of its end, however it came, once nothing of it is done there":
    async (scene) => {
      const worker = await scene.worker();
      await worker.start("done", [{ do: "a" }]);
      (await scene.desk.next("a")).finish(1);
      await worker.start("failed", [{ fail: "broken" }]);
      await worker.start("canceled", [{ do: "b" }]);
      const left = await scene.desk.next("b");
      await scene.observer.cancel("canceled");
      for (const run of ["done", "failed", "canceled"]) await scene.desk.over(worker.name, run);
      await left.aborted;
      assert.equal(scene.desk.open.length, 0);
    },

  "pending runs are taken, at most so many at once, not counting those that wait": async (
    scene,
  ) => {
    for (const id of ["one", "two", "three"])
      await scene.offer(id, [{ do: `${id}/a` }, { ask: "g", token: "t" }, { do: `${id}/b` }]);
    assert.equal((await scene.observer.run("one"))?.status, "pending");
    const worker = await scene.worker();
    await worker.work(1);
    (await scene.desk.next("one/a")).finish(1);
    (await scene.desk.next("two/a")).finish(1);
    const third = await scene.desk.next("three/a");
    // One and two wait; three is executing. Answered, they have to wait for a place.
    await scene.answer("one", "g", "t", "go");
    await scene.when("one", ({ status }) => status === "running");
    assert.equal(scene.desk.timesBegun("one/b"), 0);
    third.finish(1);
    (await scene.desk.next("one/b")).finish(2);
    assert.deepEqual((await scene.settled("one")).output, [1, "go", 2]);
    assert.equal(scene.desk.most, 1);
  },

  "a run whose answer came while nobody had it is taken": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ ask: "g", token: "t" }, { do: "a" }]);
    await scene.settled("r");
    await first.close();
    const second = await scene.worker();
    await second.work(2);
    assert.equal((await scene.observer.run("r"))?.owner, undefined);
    await scene.answer("r", "g", "t", "go");
    (await scene.desk.next("a")).finish("done");
    assert.deepEqual((await scene.settled("r")).output, ["go", "done"]);
  },

  "two workers keep one limit": async (scene) => {
    const workers = [await scene.worker(), await scene.worker()];
    for (const worker of workers) await worker.work(4);
    const ids = Array.from({ length: 6 }, (_, number) => `r${number}`);
    for (const id of ids) await scene.offer(id, [{ do: id, limits: everywhere(2) }]);
    await scene.desk.openCalls(2);
    for (const id of ids) await scene.when(id, ({ status }) => status === "running");
    // All are taken; a run without the limit goes all the way meanwhile, so the others had their chance to break it.
    await scene.offer("probe", [{ do: "p1" }, { do: "p2" }]);
    (await scene.desk.next("p1")).finish(1);
    (await scene.desk.next("p2")).finish(2);
    await scene.settled("probe");
    assert.equal(scene.desk.open.length, 2);
    for (const id of ids) {
      await scene.desk.openCalls(id === ids.at(-1) ? 1 : 2);
      scene.desk.open[0]?.finish(id);
    }
    for (const id of ids) assert.equal((await scene.settled(id)).status, "completed");
    assert.ok(scene.desk.most <= 3, `${scene.desk.most} with the probe`);
  },

  "a dead worker's place in a limit is free": async (scene) => {
    const first = await scene.worker();
    await first.start("one", [{ do: "a", limits: everywhere(1) }]);
    await scene.desk.next("a");
    const second = await scene.worker();
    await second.start("two", [{ do: "b", limits: everywhere(1) }]);
    await first.kill();
    (await scene.desk.next("b")).finish("b");
    assert.deepEqual((await scene.settled("two")).output, ["b"]);
  },

  "a limit of a machine holds for all workers on it": async (scene) => {
    const limits = [{ pool: "clone", limit: 1, scope: "machine" }] as const;
    const [first, second] = [await scene.worker(), await scene.worker()];
    await first.start("one", [{ do: "a", limits }]);
    const a = await scene.desk.next("a");
    await second.start("two", [{ do: "b", limits }]);
    await second.start("probe", [{ do: "p" }]);
    (await scene.desk.next("p")).finish("p");
    await scene.settled("probe");
    assert.equal(scene.desk.timesBegun("b"), 0);
    a.finish("a");
    (await scene.desk.next("b")).finish("b");
    assert.deepEqual((await scene.settled("two")).output, ["b"]);
  },

  "a limit of the run lets in who came first": async (scene) => {
    const worker = await scene.worker();
    const steps = ["a", "b", "c", "d"];
    await worker.start("r", [{ all: steps, limits: inRun(1) }]);
    for (const step of steps) (await scene.desk.next(step)).finish(step);
    await scene.settled("r");
    assert.deepEqual(
      scene.desk.begun,
      steps.map((step) => `${step}@${worker.name}`),
    );
    assert.equal(scene.desk.most, 1);
  },

  "a dead worker's runs are taken over, with their children": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [
      {
        children: [
          { name: "x", ops: [{ do: "a" }, { do: "b" }] },
          { name: "y", ops: [{ do: "c" }] },
        ],
      },
    ]);
    (await scene.desk.next("a")).finish("a");
    await scene.desk.next("b");
    await scene.desk.next("c");
    const second = await scene.worker();
    await second.work(2);
    await first.kill();
    const [b, c] = [await scene.desk.next("b"), await scene.desk.next("c")];
    assert.deepEqual([b.worker, b.starts, c.starts], [second.name, 2, 2]);
    c.finish("c");
    b.finish("b");
    assert.deepEqual((await scene.settled("r")).output, [[["a", "b"], ["c"]]]);
    assert.equal(scene.desk.timesBegun("a"), 1);
    assert.deepEqual(await scene.events("r"), ["run-taken-over"]);
  },

  "a worker that hangs is fenced: another goes on, and what it writes late changes nothing": async (
    scene,
  ) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a" }, { emit: "after a" }, { do: "b" }]);
    const late = await scene.desk.next("a");
    const second = await scene.worker();
    await second.work(1);
    await first.freeze();
    const again = await scene.desk.next("a");
    assert.deepEqual([again.worker, again.starts], [second.name, 2]);
    late.finish("late");
    await first.thaw();
    again.finish("in time");
    const b = await scene.desk.next("b");
    assert.equal(b.worker, second.name);
    b.finish("b");
    assert.deepEqual((await scene.settled("r")).output, ["in time", "after a", "b"]);
    assert.deepEqual(await scene.events("r"), ["run-taken-over", "after a"]);
    assert.equal(scene.desk.timesBegun("b"), 1);
  },

  "a worker that hangs and comes back stops what it was doing": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a" }]);
    const stale = await scene.desk.next("a");
    const second = await scene.worker();
    await second.work(1);
    await first.freeze();
    const again = await scene.desk.next("a");
    await first.thaw();
    await stale.aborted;
    again.finish("done");
    assert.deepEqual((await scene.settled("r")).output, ["done"]);
    await scene.offer("next", [{ do: "n" }]);
    (await scene.desk.next("n")).finish("n");
    assert.equal((await scene.settled("next")).status, "completed");
  },

  "a run ended by somebody else is not begun again": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a" }]);
    await scene.desk.next("a");
    await scene.observer.cancel("r");
    await first.kill();
    const second = await scene.worker();
    await second.work(1);
    await scene.offer("next", [{ do: "n" }]);
    (await scene.desk.next("n")).finish("n");
    await scene.settled("next");
    assert.equal(scene.desk.timesBegun("a"), 1);
  },
};
