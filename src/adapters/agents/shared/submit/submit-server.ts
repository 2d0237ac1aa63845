import { randomBytes, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Server } from "@modelcontextprotocol/server";
import type { Json } from "../../../../core/json.ts";
import { parseSafely } from "../../../shared/safe-json.ts";
import { throwDiskError } from "../../../shared/throw-disk-error.ts";
import type { SubmitDesk } from "./submit-desk.ts";

/** How an agent is told to start an MCP server over its standard input and output. */
export interface StdioServer {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

/** An MCP server with the one tool `submit_result`, for one session. */
export interface SubmitServer {
  readonly launch: StdioServer;
  /** The folder of its socket: a sandbox has to let it through, */
  readonly folder: string;
  /** and these files, which the agent starts. */
  readonly readable: readonly string[];
  close(): Promise<void>;
}

/** Names of the server and its tool: short, because agents put both into one name that providers limit. */
export const SUBMIT_SERVER = "wavegate";
export const SUBMIT_TOOL = "submit_result";

const BUILT = import.meta.url.endsWith(".js");
const PROGRAM = fileURLToPath(
  new URL(BUILT ? "submit-program.js" : "submit-program.ts", import.meta.url),
);

/** A result that is longer than this is no result: as for answers in texts. */
const MAX_MESSAGE = 10 * 1024 * 1024;
const MAX_CONNECTIONS = 8;
const TOKEN_BYTES = 32;
const TOKEN_WAIT_MS = 5_000;

/**
 * Listen for one session's results. The agent starts a small program of ours that connects to a socket in a new folder
 * of the user's alone and names a random token; MCP itself is spoken here, with the library, which also knows the
 * versions of the protocol that agents use. Whoever knows the token is the agent or somebody it told.
 */
export async function openSubmitServer(desk: SubmitDesk): Promise<SubmitServer> {
  const { serveStdio, StdioServerTransport } = await import("@modelcontextprotocol/server/stdio");
  const { Server } = await import("@modelcontextprotocol/server");
  // Short: a path of a socket has at most 103 bytes (macOS).
  const folder = await mkdtemp(path.join(tmpdir(), "wavegate-")).catch(throwDiskError(tmpdir()));
  const socketPath = path.join(folder, "submit");
  const token = randomBytes(TOKEN_BYTES).toString("hex");
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
    if (open.size > MAX_CONNECTIONS) return void socket.destroy();
    admit(socket, token, () =>
      serveStdio(() => withTool(new Server(IDENTITY, { capabilities: { tools: {} } }), desk), {
        transport: new StdioServerTransport(socket, socket, { maxBufferSize: MAX_MESSAGE }),
        onerror: () => {},
      }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(socketPath, resolve);
  });
  return {
    folder,
    launch: launchOf(socketPath, token),
    readable: [process.execPath, ...(BUILT ? [PROGRAM] : [])],
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => listener.close(() => resolve()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const IDENTITY = { name: SUBMIT_SERVER, version: "1.0.0" };

const DESCRIPTION =
  "Hand in the final result of this task: the JSON object that the task asks for, as `result`. Answers with what is wrong if it does not match.";

/**
 * The schema of the result stands in the prompt, not here: what a provider takes as the schema of a tool differs, and one
 * that it does not take would fail every request of the agent.
 */
const INPUT_SCHEMA = {
  type: "object" as const,
  properties: { result: { type: "object", description: "The whole result." } },
  required: ["result"],
};

function withTool(server: Server, desk: SubmitDesk): Server {
  server.setRequestHandler("tools/list", () => ({
    tools: [{ name: SUBMIT_TOOL, description: DESCRIPTION, inputSchema: INPUT_SCHEMA }],
  }));
  server.setRequestHandler("tools/call", ({ params }) => {
    if (params.name !== SUBMIT_TOOL)
      return {
        isError: true,
        content: [{ type: "text", text: `The only tool is ${SUBMIT_TOOL}.` }],
      };
    const { accepted, text } = desk.hand(resultIn(params.arguments));
    return { isError: !accepted, content: [{ type: "text", text }] };
  });
  return server;
}

/** The result among the arguments. Models also give it as text, or without the name around it. */
function resultIn(given: Readonly<Record<string, unknown>> | undefined): Json | undefined {
  const { result = given } = given ?? {};
  return parseSafely(typeof result === "string" ? result : (JSON.stringify(result) ?? ""));
}

/** Let a connection in that names the token on its first line. */
function admit(socket: Socket, token: string, serve: () => void): void {
  let held = Buffer.alloc(0);
  socket.setTimeout(TOKEN_WAIT_MS, () => socket.destroy());
  socket.on("data", function take(chunk: Buffer) {
    held = Buffer.concat([held, chunk]);
    const length = token.length + 1;
    if (held.length < length) return;
    socket.off("data", take);
    socket.pause();
    if (!timingSafeEqual(held.subarray(0, length), Buffer.from(`${token}\n`)))
      return void socket.destroy();
    socket.setTimeout(0);
    if (held.length > length) socket.unshift(held.subarray(length));
    serve();
    socket.resume();
  });
}

function launchOf(socketPath: string, token: string): StdioServer {
  return {
    name: SUBMIT_SERVER,
    command: process.execPath,
    // From source its text is handed to Node, because Node 20 does not run TypeScript files.
    args: BUILT ? [PROGRAM] : ["--input-type=module", "--eval", readFileSync(PROGRAM, "utf8")],
    env: [
      // One variable, whose name sounds of no secret: some agents keep such from what they start.
      { name: "WAVEGATE_SUBMIT_TO", value: `${socketPath}#${token}` },
    ],
  };
}
