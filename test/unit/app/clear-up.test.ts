import { expect, test } from "vitest";
import { clearUp } from "../../../src/app/clear-up.ts";
import { createMemoryEngine } from "../../../src/testing/memory-engine.ts";

/** Runs that ended in each way, and some that did not; whoever clears up, and what of it was done. */
async function left() {
  const engine = createMemoryEngine();
  engine.register(
    { name: "done", run: async () => null },
    { name: "broken", run: () => Promise.reject(new Error("broken")) },
    {
      name: "waits",
      run: (_, steps) => steps.wait({ name: "g", kind: "gate", token: "t", info: null }),
    },
    {
      name: "held",
      run: (_, steps) => steps.wait({ name: "h", kind: "hold", token: "t", info: null }),
    },
  );
  const start = (runId: string, workflow: string) =>
    engine.start({ runId, workflow, subject: "", input: null, where: "here" });
  for (const workflow of ["done", "broken", "waits", "held"]) {
    await start(workflow, workflow);
    await engine.settled(workflow);
  }
  await start("canceled", "waits");
  await engine.settled("canceled");
  await engine.cancel("canceled");
  const ended: string[] = [];
  const cleared: string[] = [];
  const clearing = clearUp({
    engine: async () => engine,
    endForsaken: async (runId) => ended.push(runId),
    clearWorkspaces: async (isOver) => {
      for (const runId of ["done", "broken", "waits", "held", "canceled", "another's"])
        if (await isOver(runId)) cleared.push(runId);
      return [];
    },
  });
  return { clearing, ended, cleared };
}

test("who begins to execute runs clears away what runs that are over have left, once; programs that nobody waits for are ended of all", async () => {
  const { clearing, ended, cleared } = await left();
  clearing.begin();
  clearing.begin();
  await clearing.settled();
  expect(cleared).toEqual(["done", "broken", "canceled"]);
  expect(ended).toEqual(["canceled", "done", "broken", "waits", "held", "canceled", "another's"]);
});

test("of a run that is over its own is cleared away, programs first", async () => {
  const { clearing, ended, cleared } = await left();
  await clearing.after("broken");
  expect([ended, cleared]).toEqual([["broken"], ["broken"]]);
});

const refused = () => Promise.reject(new Error("the disk is full"));

test("what can't be cleared away disturbs nobody", async () => {
  const ports = { engine: refused, endForsaken: refused, clearWorkspaces: refused };
  const clearing = clearUp(ports);
  clearing.begin();
  expect(await clearing.after("r")).toBe(undefined);
  await clearing.settled();
});
