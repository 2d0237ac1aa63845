import { expect, test } from "vitest";
import { playersOfRun } from "../../../src/app/players-of-run.ts";
import { resumeRun } from "../../../src/app/resume-run.ts";
import { ok } from "../../../src/core/result.ts";
import { CHECKS } from "../../../src/stage/sandbox/sandbox-settings.ts";
import { createMemoryLedgers } from "../../../src/testing/memory-ledgers.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";

const player = (agent: string) => ({ agent });
const STAGE = {
  roles: [{ ...player("a"), fallback: "b" }, player("a")],
  reviewer: player("r"),
  synthesizer: player("b"),
  qa: player("r"),
};

/** A held run whose hold somebody else answers while it is being resumed. */
async function heldRun(warned: (readonly string[])[] = []) {
  const engine = createMemoryEngine({ store: createMemoryStore() });
  engine.register({
    name: "w",
    run: async (_, steps) => {
      await steps.wait({ name: "h", kind: "hold", token: "t", info: null });
      return steps.wait({ name: "g", kind: "gate", token: "t", info: null });
    },
  });
  await engine.start({
    runId: "r",
    workflow: "w",
    subject: "",
    input: { stages: [STAGE] },
    where: "here",
  });
  await engine.settled("r");
  const ports: Parameters<typeof resumeRun>[0] = {
    surroundingRuns: () => [],
    warnUnprotected: async (names = []) => void warned.push(names),
    engine: async () => engine,
    ledgers: async () => createMemoryLedgers(),
    settings: async () => {
      await engine.answer({ runId: "r", wait: "h", token: "t", value: { by: "bob" } });
      return ok({} as never);
    },
  };
  return (note?: string) =>
    resumeRun(ports, { run: "r", by: "ada", ...(note !== undefined && { note }) });
}

test("a note that comes too late is not lost without a word", async () => {
  const resume = await heldRun();
  await expect(resume("Use PostgreSQL.")).rejects.toMatchObject({
    code: "GATE_ALREADY_DECIDED",
    message: expect.stringMatching(/by bob .*Your note was not recorded/),
  });
});

test.each([undefined, " "])(
  "without a note (%j) it does not matter who was first",
  async (note) => {
    const resume = await heldRun();
    expect(await resume(note)).toEqual({ runId: "r", afterWait: "h" });
  },
);

test("only who plays in the run is looked at for a sandbox when it is carried on", async () => {
  const warned: (readonly string[])[] = [];
  await (
    await heldRun(warned)
  )();
  expect(warned).toEqual([["a", "b", "r"]]);
});

test("who may start programs in a run is known by what it was started with", () => {
  const stages = [STAGE as never];
  const implementation = { agent: "coder", verifier: "coder" };
  expect(playersOfRun({ stages, implementation })).toEqual(["a", "b", "r", "coder", CHECKS]);
  expect(playersOfRun({ plans: [], ...implementation })).toEqual(["coder", CHECKS]);
  expect(playersOfRun(null)).toEqual([]);
});
