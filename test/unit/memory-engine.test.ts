import { expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import { claimsContract } from "../../src/testing/claims-contract.ts";
import {
  engineContract,
  scriptWorkflow,
  type ContractHarness,
  type ContractWorker,
  type Desk,
} from "../../src/testing/engine-contract.ts";
import { createMemoryClaims } from "../../src/testing/memory-engine/memory-claims.ts";
import { MemoryStore } from "../../src/testing/memory-engine/store.ts";
import { createMemoryEngine, createMemoryStore } from "../../src/testing/memory-engine.ts";

const openMemory = async (desk: Desk): Promise<ContractHarness> => {
  let shift = 0;
  const store = new MemoryStore({
    wall: () => Date.now() + shift,
    monotonic: () => performance.now(),
  });
  const workers: ContractWorker[] = [];
  const engineOf = (name: string) => {
    const engine = createMemoryEngine({ store });
    engine.register(
      scriptWorkflow(
        (call, signal) =>
          new Promise<Json>((resolve) => {
            const aborted = desk.begin({ ...call, worker: name }, resolve);
            signal.addEventListener("abort", () => {
              aborted();
              resolve({ aborted: true });
            });
          }),
      ),
    );
    return engine;
  };
  const observer = engineOf("observer");
  return {
    observer,
    worker: async () => {
      const name = `w${workers.length + 1}`;
      const engine = engineOf(name);
      engine.onOver((runId) => desk.tellOver(name, runId));
      const worker: ContractWorker = {
        name,
        start: (runId, ops) =>
          engine.start({
            runId,
            workflow: "script",
            subject: `about ${runId}`,
            input: { ops },
            where: "here",
          }),
        claim: async (runId) => {
          const claimed = await engine.claim(runId);
          return claimed.ok ? "claimed" : `${claimed.error.code}: ${claimed.error.message}`;
        },
        work: async (concurrency) =>
          void engine.work({ concurrency, signal: new AbortController().signal }),
        close: () => engine.close(),
        kill: async () => {
          desk.drop(name);
          engine.crash();
        },
        freeze: async () => engine.declareDead(),
        thaw: async () => {},
        // There is one clock for all.
        shiftClock: async (ms) => {
          shift += ms;
        },
      };
      workers.push(worker);
      return worker;
    },
    close: async () => {
      for (const worker of workers) await worker.close();
      await observer.close();
    },
  };
};

engineContract(test, openMemory);

claimsContract(test, async () => {
  const store = createMemoryStore();
  const engine = createMemoryEngine({ store });
  engine.register({ name: "any", run: async () => null });
  const claims = createMemoryClaims(store);
  return { engine, workers: [claims, claims], close: () => engine.close() };
});

test("a workflow whose code no longer fits its journal fails, and says so", async () => {
  const store = createMemoryStore();
  const before = createMemoryEngine({ store });
  before.register({
    name: "w",
    run: async (_: Json, steps) => {
      await steps.attempt({ name: "old" }, async () => 1);
      return steps.wait({ name: "g", kind: "gate", token: "t", info: null });
    },
  });
  await before.start({ runId: "r", workflow: "w", subject: "", input: null, where: "here" });
  await before.settled("r");
  await before.close();
  const after = createMemoryEngine({ store });
  after.register({
    name: "w",
    run: (_: Json, steps) => steps.attempt({ name: "new" }, async () => 1),
  });
  await after.claim("r");
  const record = await after.settled("r", { afterWait: "g" });
  expect(record.error).toMatch(/called new where its journal has old/);
});
