/** The model agent against a scripted provider on loopback (AG-01 to AG-03): the four forms, every kind of end, limits, and the key kept to itself. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AgentOutcome, AgentRequest } from "../../src/ports/agent.ts";
import { answerSchema } from "../../src/stage/answer.ts";
import { PLANNING } from "../../src/stage/built-in/planning.ts";
import { buildApartPrompt, buildPrompt } from "../../src/stage/prompts.ts";
import { agentContract } from "../../src/testing/agent-contract.ts";
import { startModelServer, type ModelServer } from "../../src/testing/model-server/model-server.ts";
import type { Turn } from "../../src/testing/model-server/turn.ts";
import { failureOf, requestIn } from "./command-agent-fixture.ts";
import { FORM_NAMES, KEY, modelAt, type Form } from "./model-agent-fixture.ts";

let folder = "";
let output = "";
let server: ModelServer;
/** What the next request is answered with; taken one by one, the last stays. */
let turns: Turn[] = [];

beforeAll(async () => {
  server = await startModelServer({
    script: () => (turns.length > 1 ? turns.shift() : turns[0]) ?? { text: "no turn" },
    keys: [KEY],
  });
});
afterAll(() => server.close());
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-model-agent-"));
  output = path.join(folder, "output");
  mkdirSync(output);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const request = (change: Partial<AgentRequest> = {}) => requestIn(folder, output, change);
const answer = { requirements_dossier: { functional: [{ id: "FR-001" }] } };

function roleRequest(change: Partial<AgentRequest> = {}): AgentRequest {
  const [role] = PLANNING.roles;
  const inputs = { "spec.md": "# Lend tools\n", "constitution.md": "Be kind.\n" };
  const schema = answerSchema("requirements_dossier");
  const parts = { stage: "planning", feature: "Lend", role: role!, inputs, schema, failures: [] };
  return request({
    prompt: buildPrompt(parts),
    apart: buildApartPrompt(parts),
    inputs,
    schema,
    ...change,
  });
}

const valueOf = (outcome: AgentOutcome) => {
  if (!outcome.ok) throw new Error(`${outcome.error.kind}: ${outcome.error.message}`);
  return outcome.value;
};
const kept = (name: string) => readFileSync(path.join(output, name), "utf8");
const record = () => JSON.parse(kept("call.json"));
const asked = () => server.records.at(-1)!;

const status = (code: number, message: string, retryAfter?: string): Turn => ({
  fault: { kind: "status", status: code, message, ...(retryAfter && { retryAfter }) },
});

agentContract(
  {
    name: "a model agent",
    answering: () => {
      turns = [{ object: { a: 1 } }];
      return modelAt(server.url, "openai-compatible");
    },
    expected: { a: 1 },
    calls: () => server.records.length,
    hanging: () => {
      turns = [{ fault: { kind: "hang" } }];
      return modelAt(server.url, "anthropic");
    },
    halting: () => {
      turns = [
        {
          object: { a: "long enough to be cut in the middle ".repeat(50) },
          fault: { kind: "stall" },
        },
      ];
      return { agent: modelAt(server.url, "openai-compatible") };
    },
    flooding: () => {
      turns = [{ text: "all work and no play ".repeat(100_000), chunks: 1_000 }];
      return modelAt(server.url, "openai-compatible");
    },
    leaking: (secret, makeFilter) => {
      turns = [{ object: { secret } }];
      return modelAt(server.url, "openai", {}, { makeFilter });
    },
    unavailable: () => modelAt(server.url, "google", {}, { env: {} }),
    keepsTime: true,
  },
  { describe, test },
);

const NOTHING_USED = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

describe.each(FORM_NAMES)("%s", (form: Form) => {
  test("answers in the provider's own way, streamed, with what it used", async () => {
    turns = [
      {
        object: answer,
        chunks: 40,
        usage: { input: 1_000, cacheRead: 600, cacheWrite: 100, output: 50 },
      },
    ];
    const lines: string[] = [];
    const outcome = valueOf(
      await modelAt(server.url, form).run(roleRequest({ onLine: (line) => lines.push(line) })),
    );
    expect(outcome.value).toEqual(answer);
    expect(outcome.usage).toEqual({
      inputTokens: 1_000,
      outputTokens: 50,
      costUsd: "unknown",
      cacheReadTokens: 600,
      // Only Anthropic tells what it wrote.
      ...(form === "anthropic" && { cacheWriteTokens: 100 }),
    });
    expect(JSON.parse(kept("answer.txt"))).toEqual(answer);
    expect(record()).toMatchObject({ askedAs: "schema", requests: 1, status: 200 });
    expect(record().usage.cacheReadTokens).toBe(600);
    expect(lines).toContain("answers");
    expect(lines.at(-1)).toContain("FR-001");
    expect(asked().asked?.stream).toBe(true);
    const held = [asked().asked?.schema, ...asked().asked!.tools.map(({ schema }) => schema)];
    expect(JSON.stringify(held)).toContain("requirements_dossier");
  });

  test("is asked in another way once the endpoint says that it knows no schemas, and from then on", async () => {
    const message = "Unknown field: response_format (json_schema is not supported)";
    turns = [
      { fault: { kind: "status", status: 400, message } },
      { text: `Here it is:\n\n\`\`\`json\n${JSON.stringify(answer)}\n\`\`\`` },
    ];
    const agent = modelAt(server.url, form);
    expect(valueOf(await agent.run(roleRequest())).value).toEqual(answer);
    const way = form === "anthropic" ? "text" : "json";
    expect(record().askedAs).toBe(way);
    expect(JSON.stringify(asked().asked?.schema ?? {})).toBe("{}");
    const before = server.records.length;
    valueOf(await agent.run(roleRequest()));
    expect(server.records.length - before).toBe(1);
    expect(record().askedAs).toBe(way);
  });

  test("tells why it failed, with how long to wait", async () => {
    const agent = modelAt(server.url, form);
    const date = new Date(Date.now() + 60_000).toUTCString();
    const cases: readonly (readonly [Turn, object])[] = [
      [status(401, "no"), { kind: "auth" }],
      [status(402, "pay"), { kind: "quota" }],
      [status(403, "no"), { kind: "auth" }],
      [status(404, "no such model"), { kind: "refused" }],
      [status(413, "no"), { kind: "context-too-long" }],
      [status(400, "prompt is too long: 9 tokens > 8"), { kind: "context-too-long" }],
      [status(400, "your credit balance is too low"), { kind: "quota" }],
      [status(429, "slow down", "7"), { kind: "rate-limited", retryAfterMs: 7_000 }],
      [
        status(429, "slow down", date),
        { kind: "rate-limited", retryAfterMs: expect.closeTo(60_000, -4) },
      ],
      [status(429, "slow down"), { kind: "rate-limited", usage: NOTHING_USED }],
      [status(500, "oh"), { kind: "overloaded", usage: { inputTokens: "unknown" } }],
      [status(503, "oh", "3"), { kind: "overloaded", retryAfterMs: 3_000 }],
      [status(529, "oh"), { kind: "overloaded" }],
      [{ object: answer, fault: { kind: "half" } }, { kind: "crashed" }],
      [{ fault: { kind: "garbage", body: "<html>hello</html>" } }, { kind: "crashed" }],
      [{ fault: { kind: "big-header", bytes: 10 * 2 ** 20 } }, { kind: "crashed" }],
      [{ fault: { kind: "redirect-loop" } }, { kind: "refused" }],
      [{ text: "I would rather not." }, { kind: "invalid-output" }],
    ];
    for (const [turn, expected] of cases) {
      turns = [turn];
      const before = server.records.length;
      const failure = failureOf(await agent.run(roleRequest()));
      expect({ ...failure, turn }).toMatchObject(expected);
      expect(failure.message).toMatch(/^analyst /);
      const again = turn.fault?.kind === "redirect-loop" ? 4 : 1;
      expect(server.records.length - before).toBe(again);
    }
  });

  test("never shows its key: not in what it keeps, nor in what it says", async () => {
    const lines: string[] = [];
    const shown: unknown[] = [];
    for (const turn of [{ object: answer }, { fault: { kind: "status", status: 401 } }] as Turn[]) {
      turns = [turn];
      const agent = modelAt(server.url, form);
      shown.push(await agent.run(roleRequest({ onLine: (line) => lines.push(line) })));
      shown.push(await agent.describe());
    }
    expect(asked().keyPlace).not.toBe("none");
    const files = readdirSync(output).map((name) => kept(name));
    expect(JSON.stringify([lines, shown, files])).not.toContain(KEY);
  });

  test("hangs up when it is canceled", async () => {
    turns = [{ object: answer, fault: { kind: "stall" } }];
    const cancel = new AbortController();
    const running = modelAt(server.url, form).run(
      roleRequest({ signal: cancel.signal, onLine: () => cancel.abort() }),
    );
    expect(failureOf(await running).kind).toBe("canceled");
    await expect.poll(() => asked().aborted).toBe(true);
  });
});
