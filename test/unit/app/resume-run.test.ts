import { expect, test } from "vitest";
import { resumeRun } from "../../../src/app/resume-run.ts";
import { ok } from "../../../src/core/result.ts";
import { createMemoryLedgers } from "../../../src/testing/memory-ledgers.ts";
import { createMemoryEngine, createMemoryStore } from "../../../src/testing/memory-engine.ts";

/** A held run whose hold somebody else answers while it is being resumed. */
async function heldRun() {
  const engine = createMemoryEngine({ store: createMemoryStore() });
  engine.register({
    name: "w",
    run: async (_, steps) => {
      await steps.wait({ name: "h", kind: "hold", token: "t", info: null });
      return steps.wait({ name: "g", kind: "gate", token: "t", info: null });
    },
  });
  await engine.start({ runId: "r", workflow: "w", subject: "", input: null, where: "here" });
  await engine.settled("r");
  const ports: Parameters<typeof resumeRun>[0] = {
    surroundingRuns: () => [],
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
