/** The model agent and endpoints that keep to no rules: streams that break, wrong lengths, redirects, bytes that are no text; and inputs too long to be sent. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AgentRequest } from "../../src/ports/agent.ts";
import { PLANNING } from "../../src/stage/built-in/planning.ts";
import { buildApartPrompt, buildPrompt } from "../../src/stage/prompts.ts";
import { startModelServer } from "../../src/testing/model-server/model-server.ts";
import { resultsSincePrompt } from "../../src/testing/model-server/model-request.ts";
import { failureOf, requestIn } from "./command-agent-fixture.ts";
import { delta, END, KEY, modelAt, rawServer, STREAM, type Form } from "./model-agent-fixture.ts";

let folder = "";
let output = "";
const closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-model-agent-"));
  output = path.join(folder, "output");
  mkdirSync(output);
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  rmSync(folder, { recursive: true, force: true });
});

const request = (change: Partial<AgentRequest> = {}) => requestIn(folder, output, change);

/** What comes of an answer that the socket is given. */
async function after(
  answer: (socket: Socket) => void,
  { form = "openai-compatible", change = {} }: { form?: Form; change?: Partial<AgentRequest> } = {},
) {
  const server = await rawServer(answer);
  closing.push(() => server.close());
  return { outcome: await modelAt(server.url, form).run(request(change)), server };
}

test.each<[string, (socket: Socket) => void, string, RegExp]>([
  [
    "a stream that ends without its end",
    (socket) => socket.end(STREAM + delta('{"a":1}')),
    "crashed",
    /finish reason|hung up/,
  ],
  [
    "a stream that is cut off in an event",
    (socket) => socket.end(STREAM + delta('{"a":1}').slice(0, 60)),
    "crashed",
    /finish reason|hung up/,
  ],
  [
    "a length that is more than what comes",
    (socket) =>
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 90000\r\n\r\n${delta('{"a":1}')}${END}`,
      ),
    "crashed",
    /connection ended in the middle|other side closed/,
  ],
  [
    "a length that is less than what comes",
    (socket) =>
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 50\r\n\r\n${delta('{"a":1}')}${END}`,
      ),
    "crashed",
    /finish reason|hung up/,
  ],
  ["no answer but a closed door", (socket) => socket.destroy(), "crashed", /Cannot connect|closed/],
  ["what is not HTTP", (socket) => socket.end("hello\r\n\r\n"), "crashed", /./],
  [
    "bytes that are not UTF-8",
    (socket) =>
      socket.end(
        Buffer.concat([
          Buffer.from(STREAM),
          Buffer.from('data: {"a":"'),
          Buffer.from([0xc3, 0x28]),
        ]),
      ),
    "invalid-output",
    /not UTF-8 near byte 12/,
  ],
  [
    "an event that is no JSON",
    (socket) => socket.end(`${STREAM}data: {"choices":\n\n`),
    "invalid-output",
    /no answer of such an endpoint/,
  ],
  [
    "a line without an end",
    (socket) => socket.write(`${STREAM}data: ${"x".repeat(9 * 2 ** 20)}`),
    "invalid-output",
    /line of more than 8 MiB/,
  ],
  [
    "an overload told in the middle of an answer",
    (socket) =>
      socket.end(
        `${STREAM}${delta('{"a":')}data: {"error":{"type":"overloaded_error","message":"Overloaded","code":529}}\n\n`,
      ),
    "overloaded",
    /in the middle of its answer/,
  ],
  [
    "an answer that was cut off at its limit",
    (socket) => socket.end(STREAM + delta('{"a":1') + END.replace('"stop"', '"length"')),
    "invalid-output",
    /max-output-tokens/,
  ],
  [
    "an answer that a filter took",
    (socket) => socket.end(STREAM + END.replace('"stop"', '"content_filter"')),
    "refused",
    /declined/,
  ],
  [
    "an answer that breaks off and says it is whole",
    (socket) => socket.end(STREAM + delta('{"a":[1,2') + END),
    "invalid-output",
    /broke off in the middle/,
  ],
])("%s", async (_, answer, kind, message) => {
  const { outcome } = await after(answer);
  const failure = failureOf(outcome);
  expect({ kind: failure.kind, message: failure.message }).toEqual({
    kind,
    message: expect.stringMatching(message),
  });
  expect(failure.usage).toEqual({
    inputTokens: "unknown",
    outputTokens: "unknown",
    costUsd: "unknown",
  });
});

/** An answer of Anthropic's that ended for the reason. */
const ended = (reason: string) => (socket: Socket) =>
  socket.end(
    STREAM +
      [
        {
          type: "message_start",
          message: {
            id: "m",
            type: "message",
            role: "assistant",
            model: "c",
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage: { input_tokens: 9, output_tokens: 1 },
          },
        },
        { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
        { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "No." } },
        { type: "content_block_stop", index: 0 },
        {
          type: "message_delta",
          delta: { stop_reason: reason, stop_sequence: null },
          usage: { output_tokens: 3 },
        },
        { type: "message_stop" },
      ]
        .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
        .join(""),
  );

test("Anthropic's refusal, and a context that is full", async () => {
  const refused = failureOf((await after(ended("refusal"), { form: "anthropic" })).outcome);
  expect(refused).toMatchObject({ kind: "refused", usage: { inputTokens: 9, outputTokens: 3 } });
  expect(refused.message).toContain("No.");
  const full = await after(ended("model_context_window_exceeded"), { form: "anthropic" });
  expect(failureOf(full.outcome).kind).toBe("context-too-long");
});

test("what an endpoint does not report is unknown", async () => {
  const { outcome } = await after((socket) => socket.end(STREAM + delta('{"a":1}') + END));
  expect(outcome).toMatchObject({
    ok: true,
    value: { value: { a: 1 }, usage: { inputTokens: "unknown", outputTokens: "unknown" } },
  });
});

test("the key goes to no other origin; within its own, a redirect that keeps the request is followed", async () => {
  const thief = await rawServer((socket) => socket.end());
  closing.push(() => thief.close());
  const { outcome } = await after((socket) =>
    socket.end(
      `HTTP/1.1 307 Moved\r\nlocation: ${thief.url}/v1/chat/completions\r\ncontent-length: 0\r\n\r\n`,
    ),
  );
  expect(failureOf(outcome)).toMatchObject({
    kind: "refused",
    message: expect.stringContaining(`redirects to ${thief.url}`),
  });
  expect(thief.received).toEqual([]);

  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith("/v1/"))
      return void response.writeHead(308, { location: "/real/v1/chat/completions" }).end();
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(delta(JSON.stringify({ key: incoming.headers.authorization })) + END);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const agent = modelAt(`http://127.0.0.1:${port}`, "openai-compatible");
  expect(await agent.run(request())).toMatchObject({
    ok: true,
    value: { value: { key: `Bearer ${KEY}` } },
  });
});

test("a silence is a stall, and the time a call takes to end after that is milliseconds", async () => {
  const startedAt = performance.now();
  const { outcome, server } = await after((socket) => socket.write(STREAM + delta('{"a":')), {
    change: { limits: { timeoutMs: 30_000, stallMs: 200, maxOutputBytes: 1_000_000 } },
  });
  expect(failureOf(outcome).kind).toBe("stalled");
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  await server.closed;
});

test("an endpoint that thinks for ever is stopped long before it fills the memory", async () => {
  const thought = delta("").replace('"content":""', `"reasoning_content":"${"t".repeat(2_000)}"`);
  const lines: string[] = [];
  const { outcome, server } = await after(
    (socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write(thought.repeat(30)));
      };
      socket.on("drain", more);
      socket.write(STREAM);
      more();
    },
    { change: { onLine: (line) => lines.push(line) } },
  );
  expect(failureOf(outcome).kind).toBe("output-limit");
  expect(lines).toEqual(["thinks"]);
  expect(failureOf(outcome).outputBytes).toBeLessThan(24 * 2 ** 20);
  await server.closed;
});

test("inputs that are too long to be sent are read through a tool, bounded, and only those", async () => {
  const long = Array.from({ length: 5_000 }, (_, line) => `line ${line + 1}`).join("\n");
  const inputs = { "spec.md": "# Lend tools", "analyses/risk.json": long };
  const answers: readonly object[] = [
    { calls: [{ tool: "read_input", args: { name: "analyses/risk.json", from: 4_990 } }] },
    { calls: [{ tool: "read_input", args: { name: "/etc/passwd" } }] },
    { text: '{"done":true}' },
  ];
  const server = await startModelServer({ script: answers });
  closing.push(() => server.close());
  const parts = {
    stage: "planning",
    feature: "Lend",
    role: PLANNING.reviewer,
    inputs,
    schema: { type: "object" },
    failures: [],
  };
  const agent = modelAt(server.url, "openai-compatible", { inlineInputs: 1 });
  const asked = request({ prompt: buildPrompt(parts), apart: buildApartPrompt(parts), inputs });
  expect(await agent.run(asked)).toMatchObject({ ok: true, value: { value: { done: true } } });
  const [first, second, third] = server.records;
  expect(first!.bytes).toBeLessThan(12_000);
  expect(first!.asked!.tools.map(({ name }) => name)).toEqual(["list_inputs", "read_input"]);
  expect(JSON.stringify(first!.asked!.messages)).toContain("analyses/risk.json: 5000 lines");
  expect(resultsSincePrompt(second!.asked!)[0]!.text).toMatch(
    /^Lines 4990 to 5000 of 5000\. That is its end\./,
  );
  expect(resultsSincePrompt(third!.asked!)[1]!.text).toMatch(/^There is no input of that name/);
  const record = JSON.parse(readFileSync(path.join(output, "call.json"), "utf8"));
  expect(record).toMatchObject({
    inputsToRead: ["analyses/risk.json"],
    askedAs: "text",
    requests: 3,
  });
  expect(readdirSync(output).toSorted()).toEqual(["answer.txt", "call.json"]);
});
