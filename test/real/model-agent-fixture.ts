/** What tests of the model agent ask it, and endpoints that do what no server should. */
import { createServer, type Socket } from "node:net";
import {
  createModelAgent,
  type ModelAgentOptions,
} from "../../src/adapters/agents/model/model-agent.ts";
import type { ModelAgentDefinition } from "../../src/stage/agents/model-definition.ts";

/** The key in the tests' environments. No provider's keys look like it, so that only its value can give it away. */
export const KEY = "wavegate-test-credential-0123456789abcdef";
export const ENV = {
  ANTHROPIC_API_KEY: KEY,
  OPENAI_API_KEY: KEY,
  GEMINI_API_KEY: KEY,
  ENDPOINT_KEY: KEY,
};

/** One model of each form. */
export const FORMS = {
  anthropic: { model: "anthropic/claude-sonnet-4-5", path: "/v1" },
  openai: { model: "openai/gpt-5", path: "/v1" },
  google: { model: "google/gemini-2.5-pro", path: "/v1beta" },
  "openai-compatible": {
    model: "openai-compatible/qwen3:8b",
    path: "/v1",
    keyEnv: "ENDPOINT_KEY",
  },
} as const;
export type Form = keyof typeof FORMS;
export const FORM_NAMES = Object.keys(FORMS) as readonly Form[];

/** An agent of a form that asks at `url`. */
export function modelAt(
  url: string,
  form: Form,
  change: Partial<ModelAgentDefinition> = {},
  options: Partial<ModelAgentOptions> = {},
) {
  const { path, ...rest } = FORMS[form];
  return createModelAgent(
    { kind: "model", name: "analyst", baseUrl: `${url}${path}`, ...rest, ...change },
    { env: ENV, cwd: process.cwd(), ...options },
  );
}

export interface RawServer {
  readonly url: string;
  /** What came, one text a connection, with the heads of requests. */
  readonly received: readonly string[];
  /** Resolves when a client has closed its connection. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** A server that answers with bytes, whatever HTTP says of them. */
export async function rawServer(
  answer: (socket: Socket, request: string) => void,
): Promise<RawServer> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  let left: (() => void) | undefined;
  const closed = new Promise<void>((resolve) => (left = resolve));
  const server = createServer((socket) => {
    sockets.add(socket);
    const index = received.push("") - 1;
    let begun = false;
    socket.on("error", () => {});
    socket.on("close", () => left?.());
    socket.on("data", (chunk) => {
      received[index] += chunk.toString("latin1");
      if (begun || !received[index]?.includes("\r\n\r\n")) return;
      begun = true;
      answer(socket, received[index] ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    closed,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The head of a stream of events. */
export const STREAM =
  "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

/** One piece of an answer as chat completions are streamed. */
export const delta = (text: string, more: object = {}) =>
  `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { role: "assistant", content: text }, finish_reason: null }], ...more })}\n\n`;

export const END = `data: ${JSON.stringify({ id: "c1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\ndata: [DONE]\n\n`;
