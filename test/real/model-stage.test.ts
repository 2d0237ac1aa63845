/** A whole planning stage by models behind four forms of API, through the built program (AG-01 to AG-03, ST-17): documents, usage, a mended answer, a busy provider, the cache, and a key that is nowhere. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startModelServer, type ModelServer } from "../../src/testing/model-server/model-server.ts";
import { stageScript } from "../../src/testing/model-server/stage-script.ts";
import { goodAnswer, SMALL_SPEC } from "../../src/testing/small-planning.ts";
import { createCliHarness, gateIn, lastJson, type Outcome } from "./cli-harness.ts";
import { KEY } from "./model-agent-fixture.ts";

const USAGE = { input: 1_000, cacheRead: 600, cacheWrite: 0, output: 100 };

let cli: ReturnType<typeof createCliHarness>;
let server: ModelServer;
const asked: string[] = [];

beforeAll(async () => {
  cli = createCliHarness();
  server = await startModelServer({
    keys: [KEY],
    script: stageScript({
      usage: () => USAGE,
      before({ role, repair }) {
        const nth = asked.filter((name) => name === role.name).length;
        asked.push(role.name);
        // What a model says may hold the key, too: here in an answer that is wrong, and in one that is right.
        if (role.name === "requirements" && !repair) return { object: { wrong: KEY } };
        if (role.name === "risk" && nth === 0)
          return {
            fault: { kind: "status", status: 429, retryAfter: "1", message: `slow, ${KEY}` },
          };
        return undefined;
      },
      answer: ({ role }) => {
        const answer = JSON.stringify(goodAnswer({ role: role.name }));
        return JSON.parse(answer.replace("Pay weekly", `Pay weekly ${KEY}`));
      },
    }),
  });
  cli.write("specs/001/spec.md", SMALL_SPEC);
  cli.write(
    "wavegate.config.yaml",
    `agents:
  claude: { model: anthropic/claude-sonnet-4-5, base-url: "${server.url}/v1", key-env: MY_ACCESS }
  gpt: { model: openai/gpt-5, base-url: "${server.url}/v1", key-env: MY_ACCESS }
  gemini: { model: google/gemini-2.5-pro, base-url: "${server.url}/v1beta", key-env: MY_ACCESS }
  local: { model: "ollama/qwen3:8b", base-url: "${server.url}/v1", key-env: MY_ACCESS }
profile: coding-agent
roles:
  requirements: { agent: claude }
  architecture: { agent: gpt }
  risk: { agent: gemini }
  estimation: { agent: local }
  reviewer: { agent: claude }
  synthesizer: { agent: gemini }
  qa: { agent: local }
`,
  );
});
afterAll(async () => {
  await server.close();
  await cli.close();
});

const env = { MY_ACCESS: KEY };
const outcomes: Outcome[] = [];
const run = async (...args: readonly string[]) => {
  const outcome = await cli.run(args, { env });
  outcomes.push(outcome);
  return outcome;
};
const runFile = (id: string, file: string) =>
  readFileSync(path.join(cli.project, ".wavegate/runs", id, "attempts", file), "utf8");

test("agents of models are told with what they ask, or what they miss", async () => {
  const told = await run("agents");
  expect(told.stdout).toMatch(/claude .*claude-sonnet-4-5/);
  const without = await cli.run(["agents", "--json"], { env: { MY_ACCESS: "" } });
  expect(without.stdout).toContain("the variable MY_ACCESS is not set");
});

test("four forms of API make one plan", async () => {
  const planned = await run("plan", "specs/001");
  expect(planned.stderr).not.toMatch(/AI SDK|warning/i);
  expect({ code: planned.code, told: planned.stderr }).toMatchObject({ code: 4 });
  const gate = gateIn(planned);
  const roles = [
    "requirements",
    "architecture",
    "risk",
    "estimation",
    "reviewer",
    "synthesizer",
    "qa",
  ];
  expect(asked.toSorted()).toEqual([...roles, "requirements", "risk"].toSorted());

  const record = (name: string) => JSON.parse(runFile(gate.run, `planning-${name}/call.json`));
  expect(record("requirements-r1-a1-repair")).toMatchObject({
    provider: "anthropic",
    askedAs: "schema",
    usage: { inputTokens: 1_000, cacheReadTokens: 600, outputTokens: 100, costUsd: "unknown" },
  });
  expect(record("synthesizer-r1-a1")).toMatchObject({ provider: "google", askedAs: "json" });
  expect(record("qa-r1-a1")).toMatchObject({ provider: "ollama", askedAs: "schema" });
  expect(JSON.parse(runFile(gate.run, "planning-estimation-r1-a1/answer.txt"))).toEqual(
    goodAnswer({ role: "estimation" }),
  );

  const { records } = server;
  const first = records
    .filter(({ path: at }) => at === "/v1/messages")
    .map(({ asked: what }) => what!);
  const [one, repair, review] = first.map(({ messages }) => JSON.stringify(messages));
  // The repair begins as the first did, and so does another role that is given the same document.
  const shared = /BEGIN DATA [0-9a-f]{16} spec\.md-----.*?END DATA/.exec(one!)![0];
  for (const message of [repair!, review!]) expect(message).toContain(shared);
  expect(repair).toContain("Your last answer did not match");

  const again = await run("plan", "specs/001");
  expect(again.code).toBe(4);
  // All are taken from the cache but what had to be mended or waited for.
  const askedAgain = asked.slice(9).filter((role) => role !== "requirements" && role !== "risk");
  expect(askedAgain).toEqual([]);
  const log = path.join(cli.project, ".wavegate/runs", gate.run, "log.jsonl");
  const finished = readFileSync(log, "utf8")
    .split("\n")
    .filter((line) => line.includes('"agent-finished"'));
  const counted = finished.filter((line) => line.includes('"inputTokens":1000,"outputTokens":100'));
  const turnedAway = finished.filter((line) => line.includes('"inputTokens":0,"outputTokens":0'));
  expect([finished.length, counted.length, turnedAway.length]).toEqual([9, 8, 1]);
  const approved = await run("approve", gate.run, "--digest", gate.digest, "--json");
  expect({ code: approved.code, told: approved.stderr }).toMatchObject({ code: 0 });
  expect(lastJson(approved)).toBeDefined();
  expect(readFileSync(path.join(cli.project, "specs/001/plan.md"), "utf8")).toContain(
    "Pocket money",
  );
});

test("the key is in nothing that was written or printed", () => {
  for (const { stdout, stderr } of outcomes) expect(stdout + stderr).not.toContain(KEY);
  const files = readdirSync(cli.project, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(path.join(file.parentPath, file.name), "utf8");
    expect(text.includes(KEY) ? file.name : "").toBe("");
  }
});
