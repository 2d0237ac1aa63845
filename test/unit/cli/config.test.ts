import { expect, test } from "vitest";
import { golden } from "../reporters/golden.ts";
import { createHarness } from "./harness.ts";

const CONFIG = `profile: api
roles: { reviewer: { agent: mine } }
gates: { reviewers: [ada] }
worker: { concurrency: 2 }
stages:
  planning:
    concurrency: 4
    quorum: { minimum: 2 }
    timeouts: { stall: 20s }
    roles:
      risk: { prompt: "Look at {feature}." }
`;

const withConfig = (text = CONFIG) => {
  const harness = createHarness();
  harness.disk.set("wavegate.config.yaml", text);
  return harness;
};

interface Printed {
  readonly file: string | null;
  readonly settings: readonly {
    readonly key: string;
    readonly value: unknown;
    readonly source: Readonly<Record<string, unknown>>;
  }[];
}

const printed = async (args: readonly string[], text?: string) => {
  const { stdout } = await withConfig(text).run(["config", "print", ...args, "--json"]);
  const { settings }: Printed = JSON.parse(stdout);
  return new Map(settings.map(({ key, value, source }) => [key, { value, source }]));
};

const inFile = (line: number, column: number) => ({
  kind: "file",
  place: { file: "wavegate.config.yaml", line, column },
});

test("config check: no problems; all at once; none there", async () => {
  expect(await withConfig().run(["config", "check"])).toMatchObject({
    code: 0,
    stdout:
      "wavegate.config.yaml: no problems.\n agents  builtin\n stages  discovery, planning, preparation, review\n",
  });
  expect((await createHarness().run(["config", "check"])).stdout).toBe(
    "There is no configuration: the defaults hold.\n",
  );
  const bad = withConfig(`${CONFIG}redct: []\nlimits: { agents: 0 }\n`);
  const plain = await bad.run(["config", "check"]);
  expect([plain.code, plain.stderr]).toEqual([1, expect.stringContaining("Did you mean redact?")]);
  const { code, stdout } = await bad.run(["config", "check", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    error: {
      code: "CONFIG_INVALID",
      diagnostics: [{ code: "CONFIG_UNKNOWN_KEY" }, { code: "CONFIG_OUT_OF_RANGE" }],
    },
  });
});

test("config print: each value with where it comes from", async () => {
  const all = await printed(["--concurrency", "7"]);
  expect(all.get("stages.planning.concurrency")).toEqual({
    value: 7,
    source: { kind: "flag", flag: "--concurrency" },
  });
  expect(all.get("stages.planning.quorum.minimum")).toEqual({ value: 2, source: inFile(8, 24) });
  expect(all.get("stages.planning.quorum.ratio")).toEqual({
    value: 0.75,
    source: { kind: "default" },
  });
  expect(all.get("stages.planning.timeouts.stall")).toEqual({
    value: "20s",
    source: inFile(9, 24),
  });
  expect(all.get("stages.planning.timeouts.agent")).toEqual({
    value: "30s",
    source: { kind: "profile", profile: "api" },
  });
  expect(all.get("stages.review.profile")).toEqual({ value: "api", source: inFile(1, 10) });
  expect(all.get("stages.review.reviewer.agent")).toEqual({ value: "mine", source: inFile(2, 29) });
  expect(all.get("stages.review.gate.reviewers")).toEqual({
    value: ["ada"],
    source: inFile(3, 21),
  });
  expect(all.get("worker.concurrency")).toEqual({ value: 2, source: inFile(4, 24) });
  expect(all.get("limits.agents")).toEqual({ value: null, source: { kind: "default" } });
  expect(all.get("WAVEGATE_HOME")).toEqual({
    value: "/home/ada/.wavegate",
    source: { kind: "environment" },
  });
  const flags = await printed(["stages.planning.qa", "--agent", "mine"]);
  expect(flags.get("stages.planning.qa.agent")?.source).toEqual({ kind: "flag", flag: "--agent" });
  expect([...flags.keys()].every((key) => key.startsWith("stages.planning.qa."))).toBe(true);
});

test("config print keeps to itself what may be secret", async () => {
  const text = "agents: { own: { command: [./own, --x], env: { MODE: canary } } }\n";
  const { run } = withConfig(text);
  const { stdout } = await run(["config", "print", "agents"]);
  expect(stdout).toContain("not shown");
  expect(stdout + (await run(["config", "print", "--json"])).stdout).not.toContain("canary");
});

test.each([
  ["print-planning", ["config", "print", "stages.planning"]],
  ["print-general", ["config", "print", "gates"]],
  ["explain-value", ["config", "explain", "stages.planning.quorum.minimum"]],
  ["explain-end", ["config", "explain", "quorum.ratio"]],
  ["explain-choice", ["config", "explain", "stages.review.cache"]],
  ["explain-duration", ["config", "explain", "stages.NAME.timeouts.agent"]],
  ["explain-group", ["config", "explain", "stages.planning.roles.risk"]],
  ["explain-list", ["config", "explain", "gates.reviewers"]],
] as const)("%s looks as agreed at 80 columns", async (name, args) => {
  const { stdout, code } = await withConfig().run(args, {
    tty: true,
    env: { NO_COLOR: "1", LANG: "C.UTF-8" },
  });
  expect(stdout).toBe(golden(`config-${name}.txt`, stdout));
  expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(code).toBe(0);
});

test.each([
  [
    ["config", "explain", "stages.planning.quorm.ratio"],
    "Did you mean stages.planning.quorum.ratio?",
  ],
  [["config", "explain", "agent"], "Name one of: "],
  [["config", "explain", "concurency"], "Did you mean "],
  [
    ["config", "explain", "stages.planning.concurrency.x"],
    "stages.planning.concurrency holds no keys.",
  ],
  [["config", "print", "stages.planing"], "wavegate config explain stages.planing"],
  [["config", "print", "wrker"], "Did you mean worker?"],
] as const)("%j: %s", async (args, hint) => {
  const { code, stderr } = await withConfig().run(args);
  expect([code, stderr.replaceAll(/\s+/g, " ")]).toEqual([2, expect.stringContaining(hint)]);
});

test("config print refuses an agent that is not there", async () => {
  expect(await withConfig().run(["config", "print", "--agent", "ghost"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("AGENT_UNKNOWN"),
  });
});

test("config explain works with a configuration that has problems", async () => {
  const broken = withConfig("limits: { agents: 0 }\n");
  const { code, stdout } = await broken.run(["config", "explain", "limits.agents"]);
  expect(code).toBe(0);
  expect(stdout).toContain("whole number from 1 to 1000");
  expect(stdout).toContain("wavegate config check");
});
