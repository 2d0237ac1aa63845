import { expect } from "vitest";
import { goodAnswer } from "../../../src/testing/small-planning.ts";
import { runIn, type Project, type Row } from "./row.ts";

const PROGRAM = "tools/agent.mjs";

/** Two of four roles are played by one program, so that without it the quorum is lost. */
const config = (roles: string, more = "") =>
  `agents:
  mine: { command: [node, ${PROGRAM}] }
  gone: { command: [no-such-program-here] }
stages:
  planning:
    retry: { retries: 0 }
    sequential-second-try: false
    roles:
      ${roles}
${more}`;
const BOTH = "risk: { agent: mine }\n      estimation: { agent: mine, timeout: 1500ms }";

const answers = Object.fromEntries(
  ["risk", "estimation"].map((role) => [role, goodAnswer({ role })]),
);
const GOOD = `process.stdout.write(JSON.stringify(${JSON.stringify(answers)}[process.env.WAVEGATE_ROLE]));\n`;

/** A held run says how to go on; what had been answered is kept, and is not asked again. */
async function resumesOnceMended(project: Project, runId: string): Promise<void> {
  const before = project.kept(runId);
  expect(before).toContain("attempts/planning-requirements-r1-a1/answer.json");
  expect(before).toContain("attempts/planning-risk-r1-a1/stdout.log");
  project.write(PROGRAM, GOOD);
  const resumed = await project.run(["resume", runId, "--json"]);
  expect(resumed.code).toBe(4);
  expect(runIn(resumed).gate?.figures.partial).toEqual([]);
  const after = project.kept(runId);
  expect(after).toEqual(expect.arrayContaining([...before]));
  expect(after.filter((file) => /requirements.*answer/.test(file))).toHaveLength(1);
}

const misbehaving = (name: string, program: string, says: RegExp, roles = BOTH): Row => ({
  name: `an agent that ${name}, and with it the quorum`,
  files: { "wavegate.config.yaml": config(roles), [PROGRAM]: program },
  act: ["plan", "specs/good"],
  exit: 5,
  code: "STAGE_QUORUM_NOT_MET",
  says,
  async then(project, outcome) {
    const { runId, hold, state } = runIn(outcome);
    expect(state).toBe("held");
    expect(hold?.failures).toHaveLength(2);
    expect(hold?.hint).toContain(`wavegate logs ${runId} risk`);
    expect(hold?.hint).toContain(`wavegate resume ${runId}`);
    await resumesOnceMended(project, runId);
  },
  writes: true,
});

const INSTALLED = 'process.argv.includes("--version") && process.exit(0);\n';

/** Programs that don't do what agents should. */
export const AGENT_ROWS: readonly Row[] = [
  {
    name: "an agent that is not installed",
    files: { "wavegate.config.yaml": config("risk: { agent: gone }") },
    act: ["plan", "specs/good"],
    exit: 1,
    code: "AGENT_NOT_INSTALLED",
    place: { file: "wavegate.config.yaml", line: 3, column: 3 },
    says: /no-such-program-here is not on PATH/,
    startsNothing: true,
  },
  {
    name: "an agent that nobody knows",
    act: ["plan", "specs/good", "--agent", "nobody"],
    exit: 2,
    code: "AGENT_UNKNOWN",
    startsNothing: true,
  },
  misbehaving(
    "crashes",
    `${INSTALLED}console.error("no module named x");\nprocess.exit(3);\n`,
    /Risk.*: crashed: mine ended with exit code 3: no module named x/,
  ),
  misbehaving(
    "prints garbage",
    "process.stdout.write(Buffer.from([0xff, 0xfe, 0, 1, 0x80]));\n",
    /invalid-output: .*not UTF-8.*offset 0/,
  ),
  misbehaving(
    "prints invalid JSON",
    `console.log('{"risk_assessment": {"risks": [');\n`,
    /invalid-output: .*broke off/,
  ),
  misbehaving(
    "prints JSON of another shape",
    `console.log('{"foo": 1}');\n`,
    /invalid-output: the answer does not match risk_assessment/,
  ),
  misbehaving("prints nothing", "", /invalid-output: .*empty/),
  misbehaving(
    "prints too much",
    `${INSTALLED}const block = "x".repeat(1 << 20);
const go = () => { while (process.stdout.write(block)); process.stdout.once("drain", go); };
process.env.WAVEGATE_ROLE === "risk" ? go() : process.exit(1);\n`,
    /output-limit: .*more than 64 MiB/,
  ),
  misbehaving(
    "runs forever",
    `${INSTALLED}setInterval(() => {}, 1000);\n`,
    /timeout: .*no answer within 700 ms/,
    BOTH.replace("risk: { agent: mine }", "risk: { agent: mine, timeout: 700ms }").replace(
      "1500ms",
      "700ms",
    ),
  ),
  {
    name: "an agent that crashes, alone of four: the plan goes on without it and says so",
    files: {
      "wavegate.config.yaml": config("risk: { agent: mine }"),
      [PROGRAM]: `${INSTALLED}process.exit(3);\n`,
    },
    act: ["plan", "specs/good"],
    exit: 4,
    says: /Risk\/Compliance Analyst: crashed: mine ended with exit code 3/,
    async then({ run }, outcome) {
      const shown = await run(["show", runIn(outcome).runId]);
      expect(shown.stdout).toMatch(/^ incomplete +Risk\/Compliance Analyst: crashed/m);
      expect(shown.stdout).toMatch(/\| Missing \| risk analysis \|/);
    },
  },
  {
    name: "a reviewer that crashes",
    files: {
      "wavegate.config.yaml": config("{}", "    reviewer: { agent: mine }\n"),
      [PROGRAM]: `${INSTALLED}process.exit(3);\n`,
    },
    act: ["plan", "specs/good"],
    exit: 1,
    code: "STAGE_AGENT_FAILED",
    says: /The Lead Reviewer gave no answer/,
    async then({ run }, outcome) {
      const again = await run(["resume", runIn(outcome).runId, "--json"]);
      expect([again.code, runIn(again).state]).toEqual([1, "held"]);
    },
  },
];
