import assert from "node:assert/strict";
import type { Cases, Scene } from "./harness.ts";

const HOUR_MS = 3_600_000;

const tell = async (scene: Scene, runId: string, key: string, value: string) => {
  const told = await scene.observer.tell(runId, { key, value });
  return told.ok ? told.value.fresh : told.error.code;
};

/** What a run is told, and what it shows while it receives. */
export const messageCases: Cases = {
  "tell: once for a key, before anybody has the run, while it is executed, and not after its end":
    async (scene) => {
      await scene.offer("r", [{ receive: 1 }, { do: "a" }, { receive: 2 }]);
      assert.equal(await tell(scene, "nobody", "k", "v"), "RUN_NOT_FOUND");
      assert.equal(await tell(scene, "r", "k", "first"), true);
      assert.equal(await tell(scene, "r", "k", "again"), false);
      const worker = await scene.worker();
      await worker.work(1);
      const a = await scene.desk.next("a");
      const many = await Promise.all(Array.from({ length: 8 }, () => tell(scene, "r", "m", "M")));
      assert.equal(many.filter((fresh) => fresh).length, 1);
      assert.equal(many.filter((fresh) => fresh === false).length, 7);
      a.finish("a");
      await scene.observer.tell("r", { key: "odd \u0000 \uD800", value: ["\u0000 \uD800"] });
      const { output } = await scene.settled("r");
      assert.ok(Array.isArray(output));
      const [early, , late] = output;
      assert.deepEqual(early, [{ k: "first" }]);
      assert.deepEqual(Array.isArray(late) && late[0], { m: "M" });
      assert.match(JSON.stringify(late), /odd.*u0000 .*ud800/);
      assert.equal(await tell(scene, "r", "x", "v"), "RUN_FINISHED");
    },

  "until: nothing came, and that stays so; what came before is received first": async (scene) => {
    const first = await scene.worker();
    await first.start("r", [
      { receive: 1, until: Date.now() + 30 },
      { do: "a" },
      { receive: 2, until: 0 },
      { do: "b" },
      { receive: 1, until: Date.now() + 1e12 },
    ]);
    const a = await scene.desk.next("a");
    await tell(scene, "r", "late", "came");
    a.finish("a");
    await scene.desk.next("b");
    await first.kill();
    const second = await scene.worker();
    assert.equal(await second.claim("r"), "claimed");
    (await scene.desk.next("b")).finish("b");
    await tell(scene, "r", "last", "came");
    assert.deepEqual((await scene.settled("r")).output, [
      ["time"],
      "a",
      [{ late: "came" }, "time"],
      "b",
      [{ last: "came" }],
    ]);
  },

  "a clock that is put back makes no wait longer, here or where the run goes on": async (scene) => {
    const first = await scene.worker();
    const now = Date.now();
    await first.start("there", [
      { receive: 1, until: now },
      { emit: "waits" },
      { receive: 1, until: now + 2_000 },
    ]);
    await first.start("asleep", [{ emit: "sleeps" }, { sleep: 2_000 }]);
    for (const id of ["there", "asleep"])
      for await (const _ of scene.observer.events(id, 0, scene.signal)) break;
    await first.kill();
    const second = await scene.worker();
    await second.start("here", [{ receive: 2, until: Date.now() + 1_000 }]);
    await second.shiftClock(-HOUR_MS);
    await tell(scene, "here", "m", "M");
    for (const id of ["there", "asleep"]) assert.equal(await second.claim(id), "claimed");
    assert.deepEqual((await scene.settled("here")).output, [[{ m: "M" }, "time"]]);
    assert.deepEqual((await scene.settled("there")).output, [["time"], "waits", ["time"]]);
    assert.deepEqual((await scene.settled("asleep")).output, ["sleeps", "slept"]);
  },

  "waiting: the run waits for a person as long as nothing comes, and has no place meanwhile":
    async (scene) => {
      const worker = await scene.worker();
      await worker.work(1);
      await scene.offer("r", [{ receive: 1, asks: "q1" }, { do: "a" }, { receive: 1, asks: "q2" }]);
      const waiting = await scene.settled("r");
      assert.deepEqual(
        [waiting.status, waiting.wait?.name, waiting.wait?.info],
        ["waiting", "q1", { asks: "q1" }],
      );
      await scene.offer("other", [{ do: "o" }]);
      const other = await scene.desk.next("o");
      assert.equal(await tell(scene, "r", "m", "M"), true);
      assert.equal((await scene.observer.run("r"))?.status, "running");
      // Its place is taken, so it comes after the other one.
      assert.equal(scene.desk.timesBegun("a"), 0);
      assert.equal(await scene.answer("r", "q1", "t", 1), "RUN_NOT_WAITING");
      other.finish("o");
      (await scene.desk.next("a")).finish("a");
      assert.equal((await scene.settled("r")).wait?.name, "q2");
      assert.equal(await scene.answer("r", "q2", "other", 1), "GATE_STALE_DIGEST");
      const answered = await scene.answer("r", "q2", "t", { by: "Ada" });
      assert.ok(typeof answered === "object" && answered.fresh);
      const { output } = await scene.settled("r");
      assert.deepEqual(output, [[{ m: "M" }], "a", [{ q2: { by: "Ada" } }]]);
      assert.equal(scene.desk.most, 1);
    },

  "a run that waits so is taken when it is told something, when it is time, or for its children":
    async (scene) => {
      const first = await scene.worker();
      const due = Date.now() + 400;
      await first.start("told", [{ receive: 1, asks: "q" }]);
      await first.start("due", [{ receive: 1, asks: "q", until: due }]);
      await first.start("busy", [
        { spawn: "c", ops: [{ do: "c" }] },
        { receive: 1, asks: "q" },
      ]);
      for (const id of ["told", "due", "busy"]) await scene.settled(id);
      await scene.desk.next("c");
      await first.close();
      const second = await scene.worker();
      await second.work(3);
      (await scene.desk.next("c")).finish("C");
      assert.deepEqual((await scene.settled("busy", "q")).output, ["spawned c", [{ c: ["C"] }]]);
      assert.deepEqual((await scene.settled("due", "q")).output, [["time"]]);
      assert.ok(Date.now() >= due);
      assert.equal((await scene.observer.run("told"))?.owner, undefined);
      await tell(scene, "told", "m", "M");
      assert.deepEqual((await scene.settled("told", "q")).output, [[{ m: "M" }]]);
    },
};
