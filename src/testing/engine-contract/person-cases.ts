import assert from "node:assert/strict";
import type { Cases } from "./harness.ts";

/** What a person does to a run: answer, cancel, look, start, resume. */
export const personCases: Cases = {
  "an answer counts only for what is shown, and only the first": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [{ ask: "gate/1", token: "digest" }]);
    await scene.settled("r");
    assert.equal(await scene.answer("nobody", "gate/1", "digest", 1), "RUN_NOT_FOUND");
    assert.equal(await scene.answer("r", "gate/2", "digest", 1), "RUN_NOT_WAITING");
    assert.equal(await scene.answer("r", "gate/1", "older", 1), "GATE_STALE_DIGEST");
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, by) =>
        scene.answer("r", "gate/1", "digest", { by: `p${by}` }),
      ),
    );
    const won = answers.filter((answer) => typeof answer === "object");
    assert.equal(won.length, 1);
    assert.equal(answers.filter((answer) => answer === "GATE_ALREADY_DECIDED").length, 49);
    const [winner] = won;
    assert.equal(winner?.fresh, true);
    const again = await scene.answer("r", "gate/1", "digest", winner?.value ?? null);
    assert.deepEqual(again, { ...winner, fresh: false });
    assert.deepEqual((await scene.settled("r")).output, [winner?.value]);
    assert.deepEqual(await scene.answer("r", "gate/1", "digest", winner?.value ?? null), again);
  },

  "who lost learns who won": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [{ ask: "g", token: "t" }]);
    await scene.settled("r");
    await scene.answer("r", "g", "t", { by: "Ada" });
    const request = { runId: "r", wait: "g", token: "t", value: { by: "Bob" } };
    const lost = await scene.observer.answer(request);
    assert.ok(!lost.ok && lost.error.message.includes("Ada"));
  },

  "a hold is a failed run that goes on once it is answered": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [
      { ask: "hold/1", token: "t", kind: "hold" },
      { ask: "gate/1", token: "u" },
    ]);
    const held = await scene.settled("r");
    assert.deepEqual([held.status, held.wait?.kind], ["failed", "hold"]);
    const next = scene.settled("r", "hold/1");
    await scene.answer("r", "hold/1", "t", "resume");
    assert.equal((await next).wait?.name, "gate/1");
    assert.equal((await next).status, "waiting");
  },

  "work done outside of a run is waited for like a decision": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [{ ask: "work/1", token: "t", kind: "work" }]);
    const waiting = await scene.settled("r");
    assert.deepEqual([waiting.status, waiting.wait?.kind], ["waiting", "work"]);
    await scene.answer("r", "work/1", "t", "built");
    assert.deepEqual((await scene.settled("r", "work/1")).output, ["built"]);
  },

  "cancel ends a run and aborts what its children do": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [
      {
        children: [
          { name: "x", ops: [{ do: "a" }] },
          { name: "y", ops: [{ do: "b" }] },
        ],
      },
    ]);
    const [a, b] = [await scene.desk.next("a"), await scene.desk.next("b")];
    assert.equal((await scene.observer.cancel("r")).ok, true);
    await Promise.all([a.aborted, b.aborted]);
    const record = await scene.settled("r");
    assert.deepEqual([record.status, record.owner], ["canceled", undefined]);
    const again = await scene.observer.cancel("r");
    assert.ok(!again.ok && again.error.code === "RUN_FINISHED");
    const unknown = await scene.observer.cancel("nobody");
    assert.ok(!unknown.ok && unknown.error.code === "RUN_NOT_FOUND");
    assert.match(await worker.claim("r"), /RUN_FINISHED/);
  },

  "a canceled run takes no answer": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [{ ask: "g", token: "t" }]);
    await scene.settled("r");
    await scene.observer.cancel("r");
    assert.equal(await scene.answer("r", "g", "t", 1), "RUN_FINISHED");
    assert.equal((await scene.observer.run("r"))?.wait, undefined);
  },

  "claim: refused while a live worker has the run, after its end, and for what is not there":
    async (scene) => {
      const [first, second] = [await scene.worker(), await scene.worker()];
      await first.start("r", [{ do: "a" }]);
      const call = await scene.desk.next("a");
      assert.match(await second.claim("r"), /RUN_ALREADY_RUNNING.*process \d+ on/);
      assert.match(await second.claim("nobody"), /RUN_NOT_FOUND/);
      call.finish("done");
      await scene.settled("r");
      assert.match(await second.claim("r"), /RUN_FINISHED/);
    },

  "a known id is not started twice": async (scene) => {
    const worker = await scene.worker();
    await worker.start("r", [{ do: "a" }]);
    const call = await scene.desk.next("a");
    await worker.start("r", [{ do: "other" }]);
    await scene.offer("r", [{ do: "other" }]);
    call.finish("one");
    assert.deepEqual((await scene.settled("r")).output, ["one"]);
    assert.deepEqual(scene.desk.timesBegun("other"), 0);
    assert.deepEqual(await scene.observer.input("r"), { ops: [{ do: "a" }] });
    assert.equal(await scene.observer.input("nobody"), undefined);
  },

  "runs are listed newest first, by status if asked": async (scene) => {
    const worker = await scene.worker();
    await worker.start("one", [{ ask: "g", token: "t" }]);
    await scene.settled("one");
    await worker.start("two", [{ fail: "broken" }]);
    assert.equal((await scene.settled("two")).error, "broken");
    await scene.offer("three", [{ do: "a" }]);
    const ids = (await scene.observer.runs()).map(({ runId, status }) => `${runId} ${status}`);
    assert.deepEqual(ids, ["three pending", "two failed", "one waiting"]);
    const waiting = await scene.observer.runs({ status: "waiting" });
    assert.deepEqual(
      waiting.map(({ runId }) => runId),
      ["one"],
    );
    assert.equal((await scene.observer.runs({ limit: 2 })).length, 2);
    assert.equal(waiting[0]?.subject, "about one");
  },

  "settled tells of a run that is not there, and stops when asked": async (scene) => {
    await assert.rejects(scene.observer.settled("nobody"), { code: "RUN_NOT_FOUND" });
    await scene.offer("r", [{ do: "a" }]);
    const stop = new AbortController();
    const waiting = scene.observer.settled("r", { signal: stop.signal });
    stop.abort(new Error("enough"));
    await assert.rejects(waiting, /enough/);
  },

  "signs of life reach other processes": async (scene) => {
    const worker = await scene.worker();
    let heard: ((line: string) => void) | undefined;
    const line = new Promise<string>((resolve) => {
      heard = resolve;
    });
    const off = await scene.observer.onProgress((progress) => {
      heard?.(`${progress.runId} ${progress.role} ${progress.line}`);
    });
    await worker.start("r", [{ do: "a" }]);
    assert.equal(await line, "r a a begins");
    off();
  },

  "what is not plain survives the store": async (scene) => {
    const worker = await scene.worker();
    const odd = { "z first": 1, "a\u0000b": "nul \u0000 \u{1F600} \uD800", deep: [[{ x: null }]] };
    await worker.start("r", [{ do: "a" }, { ask: "g", token: "t" }]);
    (await scene.desk.next("a")).finish(odd);
    await scene.settled("r");
    await scene.answer("r", "g", "t", odd);
    const { output } = await scene.settled("r");
    assert.deepEqual(output, [odd, odd]);
  },
};
