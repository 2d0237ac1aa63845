/** Answers that are used again, through the built program (ST-17): two runs of a program that counts its calls. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { goodAnswer, SMALL_SPEC } from "../../src/testing/small-planning.ts";
import { createCliHarness, gateIn, lastJson, type Outcome } from "./cli-harness.ts";

const ROLES = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
  "reviewer",
  "synthesizer",
  "qa",
];
const script = (more = "") => `import { appendFileSync } from "node:fs";
const answers = ${JSON.stringify(Object.fromEntries(ROLES.map((role) => [role, goodAnswer({ role })])))};
const role = process.env.WAVEGATE_ROLE;
if (role) appendFileSync("calls", role + "\\n");
console.log(role ? JSON.stringify(answers[role]) : "1.0");${more}
`;

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
  cli.write("specs/001/spec.md", SMALL_SPEC);
  cli.write("agent.mjs", script());
  cli.write(
    "wavegate.config.yaml",
    'agents: { counted: { command: ["node", "agent.mjs"], sandbox: { mode: off } } }\n',
  );
});
afterAll(() => cli.close());

const calls = () => {
  const file = path.join(cli.project, "calls");
  return existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").length : 0;
};

const plan = async (...flags: readonly string[]) => {
  const planned = await cli.run(["plan", "specs/001", "--agent", "counted", ...flags]);
  expect(planned.code).toBe(4);
  return gateIn(planned).run;
};

const reasons = (outcome: Outcome) =>
  (lastJson(outcome) as { calls: readonly { cache: { because: string } }[] }).calls.map(
    ({ cache }) => cache.because,
  );

test("asked once, and again only when what it depends on changed, or with --refresh", async () => {
  const first = await plan();
  expect(calls()).toBe(7);
  const second = await plan();
  expect(calls()).toBe(7);
  expect(reasons(await cli.run(["why", second, "--json"]))).toEqual(Array(7).fill("same"));
  const shown = await cli.run(["show", second]);
  expect(shown.stdout.match(/from the cache/g)).toHaveLength(7);
  const copy = path.join(
    cli.project,
    ".wavegate/runs",
    second,
    "attempts/planning-risk-r1-a1/cache.json",
  );
  expect(JSON.parse(readFileSync(copy, "utf8"))).toMatchObject({ earlier: { runId: first } });

  await plan("--refresh");
  expect(calls()).toBe(14);

  cli.write("specs/001/spec.md", SMALL_SPEC.replace("each week", "each month"));
  const changed = await plan();
  expect(calls()).toBe(21);
  const why = await cli.run(["why", changed, "risk"]);
  expect(why.stdout).toContain("- A parent pays each week.\n      + A parent pays each month.");

  // The next process sees that the program is another one.
  cli.write("agent.mjs", script("// better"));
  const better = await plan();
  expect(calls()).toBe(28);
  expect((await cli.run(["why", better, "qa"])).stdout).toContain(
    "agent files of arguments changed",
  );
});
