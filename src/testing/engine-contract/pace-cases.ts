import assert from "node:assert/strict";
import type { Cases, Scene } from "./harness.ts";

const PACED = { pool: "provider/p", limit: null };

/** So many runs with one call each in the paced pool, begun by workers that take them all. */
async function callers(scene: Scene, count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, number) => `r${number}`);
  for (const id of ids) await scene.offer(id, [{ do: id, paced: PACED }]);
  for (let worker = 0; worker < 2; worker++) await (await scene.worker()).work(count);
  return ids;
}

const outputs = async (scene: Scene, ids: readonly string[]) =>
  (await Promise.all(ids.map((id) => scene.settled(id)))).map(({ output }) => output);

/** Pools whose limit follows what their calls tell (PX-11). */
export const paceCases: Cases = {
  "a refused burst halves what all workers begin, once; what goes well brings it back": async (
    scene,
  ) => {
    const ids = await callers(scene, 4);
    for (const call of await scene.desk.openCalls(4)) call.finish(0);
    const said = (await outputs(scene, ids)).flat().filter((one) => one !== "as fast");
    assert.deepEqual(said, [{ from: null, to: 2, closedMs: 0 }]);
    // Two at once; a window that goes well makes it three.
    const late = ["late1", "late2", "late3", "late4", "late5"];
    for (const id of late) await scene.offer(id, [{ do: id, paced: PACED }]);
    for (const id of late) await scene.when(id, ({ status }) => status === "running");
    await scene.desk.openCalls(2);
    assert.equal(scene.desk.open.length, 2);
    for (const calls of [2, 3]) {
      scene.desk.open[0]?.finish("fine");
      await scene.desk.openCalls(calls);
    }
    assert.equal(scene.desk.most, 4);
    for (const calls of [3, 2, 1]) {
      await scene.desk.openCalls(calls);
      scene.desk.open[0]?.finish("fine");
    }
    for (const output of await outputs(scene, late)) assert.deepEqual(output, ["held back"]);
  },

  "a wait that is asked for keeps all workers from calling, and ends": async (scene) => {
    const [first, second] = [await scene.worker(), await scene.worker()];
    await first.start("one", [{ do: "a", paced: PACED }]);
    const refused = await scene.desk.next("a");
    const began = Date.now();
    refused.finish(1_500);
    const { output } = await scene.settled("one");
    assert.equal(Array.isArray(output) && JSON.stringify(output[0]).includes('"to":1'), true);
    await second.start("two", [{ do: "b", paced: PACED }]);
    await second.start("other", [{ do: "c", paced: { ...PACED, pool: "provider/q" } }]);
    (await scene.desk.next("c")).finish("fine");
    await scene.settled("other");
    if (Date.now() - began < 1_400) assert.equal(scene.desk.timesBegun("b"), 0);
    (await scene.desk.next("b")).finish("fine");
    assert.ok(Date.now() - began >= 1_400, `${Date.now() - began} ms`);
    await scene.settled("two");
  },

  "a dead worker's place in a paced pool is free": async (scene) => {
    const paced = { ...PACED, limit: 1 };
    const first = await scene.worker();
    await first.start("one", [{ do: "a", paced }]);
    await scene.desk.next("a");
    const second = await scene.worker();
    await second.start("two", [{ do: "b", paced }]);
    await first.kill();
    (await scene.desk.next("b")).finish("fine");
    assert.deepEqual((await scene.settled("two")).output, ["as fast"]);
  },
};
