import assert from "node:assert/strict";
import type { Cases } from "./harness.ts";

/** What is recorded stays, what was not begins again. */
export const journalCases: Cases = {
  "kill -9 in the middle of a step: that step begins again, recorded ones do not": async (
    scene,
  ) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a" }, { do: "b" }, { do: "c" }]);
    (await scene.desk.next("a")).finish("a1");
    assert.equal((await scene.desk.next("b")).starts, 1);
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    const again = await scene.desk.next("b");
    assert.equal(again.starts, 2);
    again.finish("b2");
    (await scene.desk.next("c")).finish("c1");
    const record = await scene.settled("r");
    assert.deepEqual(record.output, ["a1", "b2", "c1"]);
    assert.equal(record.status, "completed");
    assert.equal(scene.desk.timesBegun("a"), 1);
  },

  "an effect that kills its process each time is counted": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "deadly" }]);
    await scene.desk.next("deadly");
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    await scene.desk.next("deadly");
    await second.kill();
    const third = await scene.worker();
    assert.equal(await third.claim("r"), "claimed");
    assert.equal((await scene.desk.next("deadly")).starts, 3);
  },

  "an effect that was stopped in an orderly way is not counted: only deaths are": async (scene) => {
    const ends = ["close", "close", "kill", "close", "kill"] as const;
    const starts: number[] = [];
    for (const [index, end] of ends.entries()) {
      const worker = await scene.worker();
      if (index === 0) await worker.start("r", [{ do: "a" }]);
      else assert.equal(await worker.claim("r"), "claimed");
      starts.push((await scene.desk.next("a")).starts);
      await worker[end]();
    }
    const last = await scene.worker();
    assert.equal(await last.claim("r"), "claimed");
    starts.push((await scene.desk.next("a")).starts);
    assert.deepEqual(starts, [1, 1, 1, 2, 2, 3]);
  },

  "an effect that says something after it was stopped comes to its end, unheard": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a", says: "too late" }]);
    const call = await scene.desk.next("a");
    const before = performance.now();
    await first.close();
    await call.aborted;
    // As long as it likes to be waited for is more than this.
    assert.ok(performance.now() - before < 8_000);
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    const again = await scene.desk.next("a");
    assert.deepEqual(await scene.events("r"), []);
    again.finish("done");
    assert.deepEqual((await scene.settled("r")).output, ["done"]);
    assert.deepEqual(await scene.events("r"), ["too late"]);
  },

  "a failed attempt is a value, and stays failed after park and resume": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ do: "a" }, { ask: "gate/1", token: "t" }, { do: "b" }]);
    (await scene.desk.next("a")).finish({ ok: false, error: "crashed" });
    const waiting = await scene.settled("r");
    assert.equal(waiting.status, "waiting");
    assert.equal(waiting.wait?.token, "t");
    await first.close();
    assert.equal((await scene.observer.run("r"))?.status, "waiting");
    await scene.answer("r", "gate/1", "t", { decision: "approve" });
    assert.equal((await scene.observer.run("r"))?.status, "pending");
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("b")).finish("b1");
    const { output } = await scene.settled("r");
    assert.deepEqual(output, [{ ok: false, error: "crashed" }, { decision: "approve" }, "b1"]);
    assert.equal(scene.desk.timesBegun("a"), 1);
  },

  "close leaves runs resumable: what it aborts has no outcome": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [
      { do: "a" },
      {
        children: [
          { name: "x", ops: [{ do: "b" }] },
          { name: "y", ops: [{ do: "c" }, { do: "d" }] },
        ],
      },
    ]);
    (await scene.desk.next("a")).finish(1);
    const b = await scene.desk.next("b");
    (await scene.desk.next("c")).finish(3);
    await scene.desk.next("d");
    await first.close();
    await b.aborted;
    const left = await scene.observer.run("r");
    assert.equal(left?.status, "pending");
    assert.equal(left?.owner, undefined);
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("b")).finish(2);
    (await scene.desk.next("d")).finish(4);
    assert.deepEqual((await scene.settled("r")).output, [1, [[2], [3, 4]]]);
    assert.equal(scene.desk.timesBegun("c"), 1);
    assert.equal(scene.desk.timesBegun("a"), 1);
  },

  "children: outputs in the order asked, of children of children too, and siblings": async (
    scene,
  ) => {
    const worker = await scene.worker();
    await worker.start("r", [
      {
        children: [
          { name: "x", ops: [{ sibling: "y" }, { do: "x1" }] },
          { name: "y", ops: [{ children: [{ name: "y/z", ops: [{ do: "z1" }] }] }] },
        ],
      },
    ]);
    (await scene.desk.next("z1")).finish("z");
    (await scene.desk.next("x1")).finish("x");
    assert.deepEqual((await scene.settled("r")).output, [[[[[["z"]]], "x"], [[["z"]]]]]);
  },

  "a child that fails fails its parent, with the first in order, once all have ended": async (
    scene,
  ) => {
    const worker = await scene.worker();
    await worker.start("r", [
      {
        children: [
          { name: "x", ops: [{ do: "slow" }, { fail: "first" }] },
          { name: "y", ops: [{ fail: "second" }] },
        ],
      },
    ]);
    (await scene.desk.next("slow")).finish(null);
    const record = await scene.settled("r");
    assert.deepEqual([record.status, record.error], ["failed", "first"]);
  },

  "attempts called at once are journaled in the order called": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [{ all: ["a", "b", "c"] }, { do: "d" }, { sleep: 5 }]);
    (await scene.desk.next("c")).finish("c");
    (await scene.desk.next("a")).finish("a");
    (await scene.desk.next("b")).finish("b");
    await scene.desk.next("d");
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("d")).finish("d");
    assert.deepEqual((await scene.settled("r")).output, [["a", "b", "c"], "d", "slept"]);
    assert.equal(scene.desk.begun.length, 5);
  },

  "events are recorded once, in order, whatever is replayed": async (scene) => {
    const first = await scene.worker();
    const live: string[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const { event, seq } of scene.observer.events("r", 0, stop.signal)) {
        live.push(`${seq}:${event.type === "stage-resumed" ? event.stage : event.type}`);
        if (live.length >= 4) stop.abort();
      }
    })();
    await first.start("r", [
      { emit: "one" },
      { emit: "two" },
      { emit: "one" },
      { do: "a" },
      { emit: "three" },
    ]);
    await scene.desk.next("a");
    assert.deepEqual(await scene.events("r"), ["one", "two"]);
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("a")).finish(null);
    await scene.settled("r");
    const events = await scene.events("r");
    assert.deepEqual(
      events.filter((event) => event !== "run-taken-over"),
      ["one", "two", "three"],
    );
    assert.equal(events.filter((event) => event === "run-taken-over").length, 1);
    await listening;
    assert.deepEqual(
      live.map((line) => line.split(":")[1]),
      events,
    );
  },
};
