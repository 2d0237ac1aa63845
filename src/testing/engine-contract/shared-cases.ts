import assert from "node:assert/strict";
import type { Cases, Scene } from "./harness.ts";
import type { Op } from "./script.ts";

const shared = (name: string): Op => ({ spawn: name, ops: [{ do: name }], shared: true });

/** Two workers, of which the second takes what is offered already. */
async function twoWorkers(scene: Scene) {
  const [first, second] = [await scene.worker(), await scene.worker()];
  await second.work(8);
  await scene.offer("probe", [{ do: "p" }]);
  (await scene.desk.next("p")).finish("p");
  await scene.settled("probe");
  return { first, second };
}

/** Children that any worker may execute. Who does is the engine's business; what comes of it is the same. */
export const sharedCases: Cases = {
  "shared children are received once each, wherever they are ended or their worker dies": async (
    scene,
  ) => {
    const { first, second } = await twoWorkers(scene);
    await first.start("r", [
      ...["a", "b", "c", "d"].map(shared),
      { receive: 1 },
      { end: "d" },
      { receive: 1 },
      { do: "go" },
      { receive: 2 },
    ]);
    const [a, b, c, d] = await Promise.all(
      ["a", "b", "c", "d"].map((name) => scene.desk.next(name)),
    );
    a?.finish("A");
    await d?.aborted;
    const go = await scene.desk.next("go");
    await second.kill();
    go.finish("go");
    const b2 = b?.worker === second.name ? await scene.desk.next("b") : b;
    assert.equal(b2?.starts, b2 === b ? 1 : 2);
    b2?.finish("B");
    c?.finish("C");
    const { output } = await scene.settled("r");
    assert.ok(Array.isArray(output), JSON.stringify(output));
    assert.deepEqual(output.slice(4, 8), [
      [{ a: ["A"] }],
      "ended d",
      [{ d: [{ ended: "d" }] }],
      "go",
    ]);
    const last: unknown = output[8];
    assert.deepEqual(Object.assign({}, ...(Array.isArray(last) ? last : [])), {
      b: ["B"],
      c: ["C"],
    });
    assert.equal(scene.desk.begun.length, b2 === b ? 6 : 7);
    const runs = await scene.observer.runs();
    assert.deepEqual(
      runs.map(({ runId }) => runId),
      ["r", "probe"],
    );
  },

  "cancel, and the run's own end, end shared children wherever they are": async (scene) => {
    const { first } = await twoWorkers(scene);
    await first.start("r", [...["a", "b"].map(shared), { receive: 2 }]);
    const calls = [await scene.desk.next("a"), await scene.desk.next("b")];
    await scene.observer.cancel("r");
    await Promise.all(calls.map(({ aborted }) => aborted));
    await first.start("s", [...["c", "d"].map(shared), { do: "last" }]);
    const left = [await scene.desk.next("c"), await scene.desk.next("d")];
    (await scene.desk.next("last")).finish("last");
    await Promise.all(left.map(({ aborted }) => aborted));
    const { status, output } = await scene.settled("s");
    assert.deepEqual([status, output], ["completed", ["spawned c", "spawned d", "last"]]);
    assert.equal(scene.desk.begun.length, 6);
  },

  "a shared child waits for a person, tells events and fails as others do": async (scene) => {
    const { first } = await twoWorkers(scene);
    const asks: readonly Op[] = [{ ask: "g", token: "t" }, { emit: "answered" }];
    await first.start("r", [
      shared("a"),
      { spawn: "asks", ops: asks, shared: true },
      { spawn: "fails", ops: [{ fail: "broken" }], shared: true },
      { spawn: "parent", ops: [{ children: [{ name: "x", ops: [{ do: "x" }] }] }], shared: true },
      { receive: 4 },
    ]);
    await scene.when("r", ({ wait }) => wait?.name === "g");
    await scene.answer("r", "g", "t", "yes");
    (await scene.desk.next("x")).finish("X");
    (await scene.desk.next("a")).finish("A");
    const { output } = await scene.settled("r");
    const came: unknown = Array.isArray(output) ? output[4] : output;
    assert.deepEqual(Object.assign({}, ...(Array.isArray(came) ? came : [])), {
      a: ["A"],
      asks: ["yes", "answered"],
      fails: "failed: broken",
      parent: [[["X"]]],
    });
    const events = await scene.events("r");
    assert.deepEqual(
      events.filter((event) => event !== "child-taken"),
      ["answered"],
    );
  },
};
