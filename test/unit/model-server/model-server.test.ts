import { afterEach, expect, test } from "vitest";
import {
  goodAnswer,
  SMALL_SPEC,
  stageScript,
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from "../../../src/testing/index.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { buildPrompt } from "../../../src/stage/prompts.ts";

const open: ModelServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(options: ModelServerOptions): Promise<ModelServer> {
  const server = await startModelServer(options);
  open.push(server);
  return server;
}

const post = (server: ModelServer, path: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { method: "POST", body: JSON.stringify(body), ...init });

/** The data of all events of a stream. */
const streamed = async (response: Response): Promise<readonly unknown[]> =>
  (await response.text())
    .split("\n")
    .filter((line) => line.startsWith("data: ") && line !== "data: [DONE]")
    .map((line): unknown => JSON.parse(line.slice("data: ".length)));

const usage = { input: 100, cacheRead: 60, cacheWrite: 10, output: 30, reasoning: 5 };
const tools = { look: { type: "object", properties: { at: { type: "string" } } } };

/** How each interface asks for an answer with one tool, and where text, call and usage stand in what comes back. */
const APIS = [
  {
    api: "anthropic",
    path: "/v1/messages",
    body: {
      model: "m",
      system: "be brief",
      messages: [{ role: "user", content: [{ type: "text", text: "hi" }] }],
      tools: [{ name: "look", input_schema: tools.look }],
    },
    whole: {
      content: [
        { type: "text", text: "Grüße 👋 to all" },
        { type: "tool_use", name: "look", input: { at: "spec" } },
      ],
      stop_reason: "tool_use",
      usage: {
        input_tokens: 30,
        cache_read_input_tokens: 60,
        cache_creation_input_tokens: 10,
        output_tokens: 30,
      },
    },
  },
  {
    api: "responses",
    path: "/v1/responses",
    body: {
      model: "m",
      instructions: "be brief",
      input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "hi" }] }],
      tools: [{ type: "function", name: "look", parameters: tools.look }, { type: "web_search" }],
    },
    whole: {
      output: [
        { type: "message", content: [{ type: "output_text", text: "Grüße 👋 to all" }] },
        { type: "function_call", name: "look", arguments: '{"at":"spec"}' },
      ],
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 60 },
        output_tokens: 30,
        output_tokens_details: { reasoning_tokens: 5 },
      },
    },
  },
  {
    api: "chat",
    path: "/chat/completions",
    body: {
      model: "m",
      messages: [
        { role: "system", content: "be brief" },
        { role: "user", content: "hi" },
      ],
      tools: [{ type: "function", function: { name: "look", parameters: tools.look } }],
    },
    whole: {
      choices: [
        {
          message: {
            content: "Grüße 👋 to all",
            tool_calls: [{ function: { name: "look", arguments: '{"at":"spec"}' } }],
          },
          finish_reason: "tool_calls",
        },
      ],
      usage: { prompt_tokens: 100, completion_tokens: 30, total_tokens: 130 },
    },
  },
  {
    api: "gemini",
    path: "/v1beta/models/m:generateContent?key=hidden-key",
    body: {
      systemInstruction: { parts: [{ text: "be brief" }] },
      contents: [{ role: "user", parts: [{ text: "hi" }] }],
      tools: [{ functionDeclarations: [{ name: "look", parameters: tools.look }] }],
    },
    whole: {
      candidates: [
        {
          content: {
            parts: [
              { text: "Grüße 👋 to all" },
              { functionCall: { name: "look", args: { at: "spec" } } },
            ],
          },
        },
      ],
      usageMetadata: {
        promptTokenCount: 100,
        cachedContentTokenCount: 60,
        candidatesTokenCount: 25,
        thoughtsTokenCount: 5,
        totalTokenCount: 130,
      },
    },
  },
] as const;

test.each(APIS)("$api: one turn, whole", async ({ api, path, body, whole }) => {
  const server = await serve({
    script: { text: "Grüße 👋 to all", calls: [{ tool: "look", args: { at: "spec" } }], usage },
  });
  const response = await post(server, path, body, { headers: { "x-api-key": "hidden-key" } });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject(whole);
  expect(server.records).toMatchObject([
    {
      status: 200,
      usage,
      aborted: false,
      asked: {
        number: 1,
        api,
        model: "m",
        stream: false,
        messages: [
          { from: "system", text: "be brief" },
          { from: "user", text: "hi" },
        ],
        tools: [{ name: "look", custom: false, schema: tools.look }],
      },
    },
  ]);
  expect(JSON.stringify(server.records)).not.toContain("hidden-key");
});

test("what is streamed adds up to what is whole", async () => {
  const text = "Grüße 👋 to all of you, dear people";
  const server = await serve({
    script: { text, calls: [{ tool: "look", args: { at: "spec" } }], usage, chunks: 7 },
  });
  const stream = { stream: true };
  const messages = await post(server, "/v1/messages", { ...APIS[0].body, ...stream });
  expect(messages.headers.get("content-type")).toBe("text/event-stream");
  const said = await streamed(messages);
  expect(gather(said, "text")).toBe(text);
  expect(gather(said, "partial_json")).toBe('{"at":"spec"}');

  const responses = await streamed(
    await post(server, "/v1/responses", { ...APIS[1].body, ...stream }),
  );
  expect(responses.at(-1)).toMatchObject({
    type: "response.completed",
    response: APIS[1].whole.usage && { usage: APIS[1].whole.usage },
  });
  const ofType = (type: string) =>
    responses.filter((each) => JSON.stringify(each).startsWith(`{"type":"${type}"`));
  expect(gather(ofType("response.output_text.delta"), "delta")).toBe(text);
  expect(gather(ofType("response.function_call_arguments.delta"), "delta")).toBe('{"at":"spec"}');

  const chat = await streamed(
    await post(server, "/v1/chat/completions", { ...APIS[2].body, ...stream }),
  );
  expect(gather(chat, "content")).toBe(text);
  expect(chat.at(-1)).toMatchObject({ choices: [], usage: APIS[2].whole.usage });

  const gemini = await streamed(
    await post(server, "/v1beta/models/m:streamGenerateContent?alt=sse", APIS[3].body),
  );
  expect(gather(gemini, "text")).toBe(text);
  expect(gemini.at(-1)).toMatchObject({ usageMetadata: APIS[3].whole.usageMetadata });
});

/** All texts under a key, in order. */
function gather(value: unknown, key: string): string {
  if (typeof value !== "object" || value === null) return "";
  return Object.entries(value)
    .map(([name, each]) => (name === key && typeof each === "string" ? each : gather(each, key)))
    .join("");
}

test("faults: each comes as it is named", async () => {
  const faults = [
    { kind: "status", status: 429, retryAfter: "7", message: "slow down" },
    { kind: "status", status: 529 },
    { kind: "half" },
    { kind: "stall" },
    { kind: "hang" },
    { kind: "wrong-length", by: 40 },
    { kind: "wrong-length", by: -5 },
    { kind: "big-header", bytes: 1_000_000 },
    { kind: "redirect-loop" },
    { kind: "garbage", body: "<html>" },
  ] as const;
  const server = await serve({ script: faults.map((fault) => ({ text: "some text", fault })) });
  const ask = (stream = false, signal?: AbortSignal) =>
    post(server, "/v1/messages", { stream, messages: [] }, signal ? { signal } : {});

  const limited = await ask();
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toBe("7");
  expect(await limited.json()).toEqual({
    type: "error",
    error: { type: "rate_limit_error", message: "slow down" },
  });
  expect(await (await ask()).json()).toMatchObject({ error: { type: "overloaded_error" } });
  await expect(ask(true).then((response) => response.text())).rejects.toThrow("terminated");
  const stalled = new AbortController();
  const part = await ask(true, stalled.signal);
  expect((await part.body?.getReader().read())?.value?.length).toBeGreaterThan(100);
  stalled.abort();
  await expect(ask(true, AbortSignal.timeout(50))).rejects.toThrow("timeout");
  await expect(ask().then((response) => response.text())).rejects.toThrow("terminated");
  await expect(ask().then((response) => response.json())).rejects.toThrow("JSON");
  await expect(ask()).rejects.toThrow("fetch failed");
  await expect(
    post(server, "/v1/messages", { messages: [] }, { redirect: "manual" }).then(
      ({ status, headers }) => [status, headers.get("location")],
    ),
  ).resolves.toEqual([307, "/v1/messages"]);
  expect(await (await ask()).text()).toBe("<html>");
  const past = await ask();
  expect(past.status).toBe(400);
  expect(await past.text()).toContain("no turn for request 11");
});

test("past the limit of answers at once the next one gets 429, and the record says how many there were", async () => {
  const held: (() => void)[] = [];
  const server = await serve({
    script: () => new Promise((resolve) => held.push(() => resolve({ text: "ok" }))),
    most: 2,
    retryAfter: "1",
  });
  const ask = () => post(server, "/v1/chat/completions", { messages: [] });
  const both = [ask(), ask()];
  await expect.poll(() => held.length).toBe(2);
  const third = await ask();
  expect([third.status, third.headers.get("retry-after")]).toEqual([429, "1"]);
  for (const release of held) release();
  for (const response of await Promise.all(both)) expect(await response.text()).toContain("ok");
  expect(server.peak).toBe(2);
  expect(server.records.map(({ inFlight }) => inFlight).toSorted((a, b) => a - b)).toEqual([
    1, 2, 3,
  ]);
});

test("keys are asked for where there are some, and never kept", async () => {
  const server = await serve({ script: { text: "ok" }, keys: ["right"] });
  const ask = (headers: Record<string, string>) =>
    post(server, "/v1/responses", { input: "hi" }, { headers });
  expect((await ask({ authorization: "Bearer right" })).status).toBe(200);
  expect((await ask({ authorization: "Bearer wrong" })).status).toBe(401);
  expect((await ask({})).status).toBe(401);
  expect(server.records.map(({ keyPlace }) => keyPlace)).toEqual([
    "authorization",
    "authorization",
    "none",
  ]);
  expect(JSON.stringify(server.records)).not.toMatch(/right|wrong/);
});

const prompt = buildPrompt({
  stage: "Planning",
  feature: "Pocket money",
  role: PLANNING.reviewer,
  inputs: { "spec.md": SMALL_SPEC },
  schema: {},
  failures: [],
});
const submit = {
  name: "mcp__wavegate__submit_result",
  input_schema: { type: "object", properties: { result: {} } },
};

const text = (value: string) => ({ content: [{ type: "text", text: value }] });

test("a stage's model gives the result in the way that the request offers", async () => {
  const server = await serve({
    script: stageScript({ answer: ({ role }) => goodAnswer({ role: role.name }) }),
  });
  const ask = async (body: object): Promise<unknown> =>
    (await post(server, "/v1/messages", { model: "m", ...body })).json();
  const good = { review_summary: { quality_score: 88 } };
  const messages = [{ role: "user", content: prompt }];

  expect(await ask({ messages })).toMatchObject(text(JSON.stringify(good)));
  expect(
    await ask({ messages, tools: [submit], output_config: { format: { schema: {} } } }),
  ).toMatchObject(text(JSON.stringify(good)));
  expect(await ask({ messages, tools: [submit] })).toMatchObject({
    content: [{ type: "tool_use", name: submit.name, input: { result: good } }],
  });
  const result = (content: string, wrong = false) => [
    ...messages,
    {
      role: "assistant",
      content: [{ type: "tool_use", id: "t1", name: submit.name, input: { result: {} } }],
    },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: "t1", content, is_error: wrong }],
    },
  ];
  expect(await ask({ messages: result("Accepted."), tools: [submit] })).toMatchObject({
    content: [{ type: "text", text: "The result was submitted." }],
  });
  expect(await ask({ messages: result("wrong", true), tools: [submit] })).toMatchObject({
    content: [{ type: "tool_use", input: { result: good } }],
  });
  expect(await ask({ messages: [{ role: "user", content: "A title, please." }] })).toMatchObject(
    text("Planning"),
  );
  expect(server.records.map(({ turn }) => turn?.label)).toEqual([
    ...Array.from({ length: 5 }, () => "reviewer"),
    "aside",
  ]);
});
