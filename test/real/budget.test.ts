/**
 * A budget through the built program (PX-11): eight specialists at once, two workers, one of which is killed. What the
 * agents use is more than was reserved for them, and still passes the limit by less than one reservation.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodAnswer, SMALL_SPEC } from "../../src/testing/small-planning.ts";
import { createCliHarness, gateIn, lastJson, type Running } from "./cli-harness.ts";

const BUILT_IN = ["requirements", "architecture", "risk", "estimation"];
const ROLES = [...BUILT_IN, "reviewer", "synthesizer", "qa"];
const OWN = ["more-a", "more-b", "more-c", "more-d"];
const [CAP, RESERVED, USED] = [0.7, 0.2, 0.25];

/** Says what it used, and answers once it may. */
const AGENT = `import { appendFileSync, existsSync } from "node:fs";
const answers = ${JSON.stringify(Object.fromEntries(ROLES.map((role) => [role, goodAnswer({ role })])))};
const role = process.env.WAVEGATE_ROLE;
if (!role) console.log("1.0");
else {
  appendFileSync("calls", role + "\\n");
  while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 20));
  console.log(JSON.stringify({ type: "usage", input_tokens: 900, output_tokens: 100, cost_usd: ${USED} }));
  console.log(JSON.stringify({ type: "answer", value: answers[role] ?? answers.risk }));
}
`;

const CONFIG = `agents:
  spender: { command: [node, agent.mjs], answer: json-lines, sandbox: { mode: off } }
budget: { call-usd: ${RESERVED} }
stages:
  planning:
    concurrency: 8
    roles:
${OWN.map((name) => `      ${name}: { title: ${name}, agent: spender, contract: risk_assessment, prompt: Look. }`).join("\n")}
`;

let cli: ReturnType<typeof createCliHarness>;
const workers: Running[] = [];
beforeAll(() => {
  cli = createCliHarness();
  cli.write("specs/001/spec.md", SMALL_SPEC);
  cli.write("agent.mjs", AGENT);
  cli.write("wavegate.config.yaml", CONFIG);
});
afterAll(async () => {
  for (const { child } of workers) child.kill("SIGTERM");
  await Promise.all(workers.map(({ done }) => done));
  await cli.close();
});

interface Shown {
  readonly run: {
    readonly state: string;
    readonly owner?: { readonly pid: number };
    readonly hold?: { readonly code: string; readonly hint: string };
    readonly budget?: readonly {
      readonly spent: { readonly tokens: number; readonly usd: number };
      readonly reserved: { readonly usd: number };
      readonly cap: { readonly usd: number | null };
      readonly calls: number;
      readonly interrupted: number;
    }[];
  };
}

const show = async (run: string) => (lastJson(await cli.run(["show", run, "--json"])) as Shown).run;

const calls = () => {
  const text = readFileSync(path.join(cli.project, "calls"), { encoding: "utf8", flag: "a+" });
  return text.split("\n").filter((line) => line !== "");
};

test("cap reached, held, raised, completed: no crash resets it, and nothing that was answered is asked again", async () => {
  const asked = ["plan", "specs/001", "--agent", "spender", "--resources", "ample"];
  const begun = await cli.run([...asked, "--max-cost", String(CAP), "--detach", "--json"]);
  expect(begun.code).toBe(0);
  const { runId: run } = lastJson(begun) as { runId: string };
  for (let index = 0; index < 2; index++) workers.push(cli.start(["worker"]));
  // Eight want to begin; three reservations fit.
  await expect.poll(calls, { timeout: 60_000 }).toHaveLength(3);
  const inFlight = await show(run);
  expect(inFlight.budget?.[0]).toMatchObject({
    spent: { usd: 0 },
    reserved: { usd: 0.6 },
    cap: { usd: CAP },
  });

  // Whoever has it dies; the other takes it over, and the reservations are what they were.
  const owner = workers.find(({ child }) => child.pid === inFlight.owner?.pid);
  owner?.child.kill("SIGKILL");
  await expect.poll(calls, { timeout: 60_000 }).toHaveLength(6);
  expect(calls().slice(0, 3).toSorted()).toEqual(calls().slice(3).toSorted());
  expect((await show(run)).budget?.[0]).toMatchObject({ reserved: { usd: 0.6 } });
  writeFileSync(path.join(cli.project, "go"), "");

  await cli.run(["watch", run, "--json"]);
  const held = await show(run);
  expect(held).toMatchObject({
    state: "held",
    hold: { code: "BUDGET_REACHED" },
    budget: [{ spent: { tokens: 3_000, usd: 3 * USED }, reserved: { usd: 0 }, interrupted: 3 }],
  });
  const overshoot = (held.budget?.[0]?.spent.usd ?? Infinity) - CAP;
  expect(overshoot).toBeCloseTo(0.05, 9);
  expect(overshoot).toBeLessThanOrEqual(RESERVED);
  expect(calls()).toHaveLength(6);
  const told = await cli.run(["show", run]);
  expect(told.stdout).toContain("$0.75 of $0.70; 3,000 tokens; 3 calls begun again");
  // The command that is told raises it just enough for what waits: five specialists.
  const [, enough] = /wavegate resume \S+ --max-cost (\S+)/.exec(held.hold?.hint ?? "") ?? [];
  expect(Number(enough)).toBeCloseTo(0.75 + 5 * RESERVED, 9);

  const little = await cli.run(["resume", run, "--max-cost", "0.5"]);
  expect(little).toMatchObject({ code: 2 });
  expect(little.stderr).toContain("$0.50 is not above the limit of the run");
  const resumed = await cli.run(["resume", run, "--max-cost", "9"]);
  expect(resumed.code).toBe(4);
  expect(resumed.stdout).toContain("$2.75 of $9.00; 11,000 tokens");
  // Three of the calls before the crash, the same three after it, and eight more: each other role once.
  expect(calls()).toHaveLength(6 + 8);
  expect(new Set(calls()).size).toBe(11);
  const { run: gated, digest } = gateIn(resumed);
  expect(await cli.run(["approve", gated, "--digest", digest])).toMatchObject({ code: 0 });
  const audit = readFileSync(path.join(cli.project, ".wavegate/audit.jsonl"), "utf8");
  expect(audit).toMatch(/"action":"budget-raised".*"to":9,"unit":"usd"/);
});
