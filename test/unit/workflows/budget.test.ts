/** A stage within a budget (PX-11): what does not fit waits for a person, what was answered is kept, no crash resets it. */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { ok } from "../../../src/core/result.ts";
import type { Usage } from "../../../src/core/event.ts";
import type { Agent, AgentRequest } from "../../../src/ports/agent.ts";
import { UNKNOWN_COST, type AgentCost } from "../../../src/stage/budget/agent-cost.ts";
import { capsOf } from "../../../src/stage/budget/cap.ts";
import { usedIn } from "../../../src/stage/budget/ledger.ts";
import type { HoldAnswer, HoldInfo } from "../../../src/stage/records.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { answerGate, eventsOf, gateOf, stageFixture, type Fixture } from "./stage-fixture.ts";

const RUN = { stage: null, role: null } as const;
const CENT = 10_000;
const used = (costUsd: number | "unknown"): Usage => ({
  inputTokens: 900,
  outputTokens: 100,
  costUsd,
});
const SAYS: AgentCost = { ...UNKNOWN_COST, reportsCost: true };

/** A stage whose agents use ten cents a call, of which twenty are reserved; `hang` is never answered. */
function budgeted({
  usd,
  usage = () => used(0.1),
  cost = SAYS,
  hang,
}: {
  readonly usd: number;
  readonly usage?: (request: AgentRequest) => Usage;
  readonly cost?: AgentCost;
  readonly hang?: { role: string | undefined };
}) {
  const asked: AgentRequest[] = [];
  let now = 0;
  let most = 0;
  const agent: Agent = {
    name: "builtin",
    describe: async () => ({
      name: "builtin",
      kind: "command",
      summary: "",
      availability: { available: true, version: "1" },
      worksFrom: "inputs",
    }),
    async run(request) {
      asked.push(request);
      now += 1;
      most = Math.max(most, now);
      if (hang?.role === request.role)
        await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
      await Promise.resolve();
      now -= 1;
      return ok({ value: goodAnswer(request), usage: usage(request), outputBytes: 1 });
    },
  };
  const fixture = stageFixture({ agents: [agent], costs: () => cost, stage: { concurrency: 8 } });
  const caps = capsOf({ usd, callUsd: 0.2 }, [PLANNING]);
  const start = (runId = "run-1") => fixture.start(runId, { caps });
  const startUnlimited = (runId: string) => fixture.start(runId);
  return { ...fixture, asked, start, startUnlimited, most: () => most };
}

const spent = async ({ memory }: Pick<Fixture, "memory">, runId = "run-1") =>
  usedIn(await memory.ledgers.read(runId), RUN);

async function heldAt(engine: Fixture["engine"], afterWait?: string) {
  const { wait } = await engine.settled("run-1", afterWait === undefined ? {} : { afterWait });
  if (wait?.kind !== "hold") throw new Error(`not held: ${JSON.stringify(wait)}`);
  return { wait, info: wait.info as HoldInfo };
}

const raise = async (engine: Fixture["engine"], to?: number) => {
  const { wait } = await heldAt(engine);
  const raises = to === undefined ? {} : { raises: [{ ...RUN, unit: "microUsd" as const, to }] };
  const value: HoldAnswer = { by: "ada", ...raises };
  await engine.answer({ runId: "run-1", wait: wait.name, token: wait.token, value });
  return wait.name;
};

test("at the cap: what runs ends and is kept, the run is held with what is needed; raised, it goes on where it was", async () => {
  const run = budgeted({ usd: 0.45 });
  await run.start();
  const { info } = await heldAt(run.engine);
  // Two of the four fit beside each other, then one more in what these left, and then none.
  expect(run.most()).toBe(2);
  expect(run.asked).toHaveLength(3);
  expect(await spent(run)).toEqual({
    spent: { tokens: 3_000, microUsd: 30 * CENT },
    reserved: { tokens: 0, microUsd: 0 },
  });
  expect(info).toMatchObject({
    code: "BUDGET_REACHED",
    reason: "Of $0.45 for the run, $0.30 is spent; the next work needs up to $0.20.",
    failures: [],
    hint: "What was finished is kept, and nothing of it is asked again. Raise the limit as far as you want to go. Then run: wavegate resume run-1 --max-cost 0.5",
    budget: [{ ...RUN, cap: 45 * CENT, spent: 30 * CENT, needs: 20 * CENT, enough: 50 * CENT }],
  });
  const first = run.asked.map(({ role }) => role);

  // Resumed as it is, it is held at once, and nobody is asked.
  const again = await raise(run.engine);
  await heldAt(run.engine, again);
  expect(run.asked).toHaveLength(3);

  await raise(run.engine, 200 * CENT);
  const gate = await gateOf(run.engine);
  expect(gate.cost).toEqual({
    spent: { tokens: 7_000, usd: 0.7 },
    reserved: { tokens: 0, usd: 0 },
    cap: { tokens: null, usd: 2 },
    unknown: { tokens: 0, usd: 0 },
  });
  const roles = run.asked.map(({ role }) => role);
  expect(new Set(roles).size).toBe(roles.length);
  expect(roles.slice(0, 3)).toEqual(first);
  expect(run.asked.every(({ limits }) => limits.maxCostUsd === 0.2)).toBe(true);
  expect(run.memory.auditEntries).toMatchObject([
    {
      actor: "ada",
      action: "budget-raised",
      runId: "run-1",
      details: { raised: [{ ...RUN, unit: "usd", to: 2 }] },
    },
  ]);
  await answerGate(run.engine, gate, { kind: "approve" });
  expect((await run.engine.settled("run-1", { afterWait: "planning/gate/1" })).status).toBe(
    "completed",
  );
  const events = await eventsOf(run.engine);
  expect(events.filter(({ type }) => type === "budget-reached")).toHaveLength(2);
  expect(events.find(({ type }) => type === "budget-reached")).toMatchObject({
    caps: [{ unit: "usd", cap: 0.45, spent: 0.3, reserved: 0, needs: 0.2 }],
  });
  expect(events.filter((event) => event.type === "stage-resumed")).toMatchObject([
    { by: "ada" },
    { by: "ada", raised: [{ unit: "usd", to: 2 }] },
  ]);
  const ends = events.filter((event) => event.type === "agent-finished");
  expect(ends.map(({ budget }) => budget?.spent.usd)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
});

test("a crash resets nothing: what is in flight stays reserved until it is asked again and ends", async () => {
  const hang = { role: "risk" as string | undefined };
  const run = budgeted({ usd: 1.5, hang });
  await run.start();
  const reserved = async () => (await spent(run)).reserved.microUsd;
  await expect.poll(async () => (await spent(run)).spent.microUsd).toBe(30 * CENT);
  expect(await reserved()).toBe(20 * CENT);
  run.engine.crash();
  expect(await reserved()).toBe(20 * CENT);
  hang.role = undefined;
  const next = run.open();
  await next.claim("run-1");
  await gateOf(next);
  expect(await spent(run)).toEqual({
    spent: { tokens: 7_000, microUsd: 70 * CENT },
    reserved: { tokens: 0, microUsd: 0 },
  });
  const { calls } = await run.memory.ledgers.read("run-1");
  expect(calls.find(({ role }) => role === "risk")?.settled).toMatchObject({
    starts: 2,
    microUsd: 10 * CENT,
  });
});

const silent = (request: AgentRequest): Usage =>
  request.role === "risk"
    ? { inputTokens: "unknown", outputTokens: "unknown", costUsd: "unknown" }
    : used("unknown");

test("what nobody says counts as reserved and is marked; tokens have the price of the table", async () => {
  const price = { input: 100, output: 1_000, cacheRead: null, cacheWrite: null };
  const run = budgeted({ usd: 5, usage: silent, cost: { ...UNKNOWN_COST, price } });
  await run.start();
  const { cost } = await gateOf(run.engine);
  // Six calls at 900 × 100 + 100 × 1000 millionths, and one that stands at 20 cents.
  expect(cost?.spent.usd).toBeCloseTo(6 * 0.19 + 0.2, 6);
  expect(cost?.unknown).toEqual({ tokens: 1, usd: 1 });
  const ends = (await eventsOf(run.engine)).filter((event) => event.type === "agent-finished");
  expect(ends.find(({ role }) => role === "risk")?.usage.costUsd).toBe("unknown");
  expect(ends.find(({ role }) => role === "qa")).toMatchObject({
    usage: { costUsd: 0.19 },
    costFrom: "prices",
  });
});

test("earlier answers cost nothing, and a run without a budget is counted all the same", async () => {
  const run = budgeted({ usd: 5 });
  await run.startUnlimited("run-1");
  const { cost } = await gateOf(run.engine);
  expect(cost).toMatchObject({ spent: { usd: 0.7 }, cap: { usd: null, tokens: null } });
  expect(run.asked.some(({ limits }) => "maxCostUsd" in limits)).toBe(false);
  await run.start("run-2");
  const gate = await gateOf(run.engine, undefined, "run-2");
  expect(gate).not.toHaveProperty("cost");
  expect(run.asked).toHaveLength(7);
  expect((await run.memory.ledgers.read("run-2")).calls).toEqual([]);
});

test("a call that a full disk stopped is settled, as unknown: nobody waits for it", async () => {
  const run = budgeted({ usd: 2 });
  const { artifacts } = run.memory;
  const write = artifacts.writeRunFile.bind(artifacts);
  let full = true;
  Object.assign(artifacts, {
    writeRunFile: async (...args: Parameters<typeof write>) => {
      if (!full || !args[1].includes("risk")) return write(...args);
      full = false;
      throw new WavegateError("DISK_FULL", "No space left.", { hint: "Free some space." });
    },
  });
  await run.start();
  expect((await heldAt(run.engine)).info.code).toBe("DISK_FULL");
  expect(await spent(run)).toEqual({
    spent: { tokens: expect.any(Number), microUsd: 50 * CENT },
    reserved: { tokens: 0, microUsd: 0 },
  });
  await raise(run.engine);
  expect((await gateOf(run.engine)).cost?.spent.usd).toBe(0.9);
});
