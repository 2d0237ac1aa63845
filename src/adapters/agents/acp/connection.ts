import type * as Library from "@agentclientprotocol/sdk";
import type {
  ReadTextFileRequest,
  ReadTextFileResponse,
  RequestPermissionRequest,
  RequestPermissionResponse,
  WriteTextFileRequest,
} from "@agentclientprotocol/sdk";
import type { Json } from "../../../core/json.ts";
import type { LiveProcess } from "../../shared/process/open-process.ts";
import { isObject, type JsonObject } from "../../shared/safe-json.ts";
import { FileRefusal } from "./attempt-files.ts";
import { readHandshake, type Handshake } from "./handshake.ts";
import { openWire, type WireSinks } from "./wire.ts";

/** A session as its process sees it. Nothing that a session does throws, but what the protocol answers with an error. */
export interface SessionEnd {
  /** Undefined until the agent has named it. */
  sessionId(): string | undefined;
  /** The agent printed a message for this session; the next thing is read when the promise resolves. */
  heard(bytes: number): Promise<void>;
  /** Something that is of no session: counted for all that the process has. */
  noise(bytes: Uint8Array): Promise<void>;
  /** On stderr. */
  grumbled(bytes: Uint8Array): Promise<void>;
  update(update: JsonObject): void;
  tooMuchMemory(): void;
  permission(request: RequestPermissionRequest): Promise<RequestPermissionResponse>;
  readFile(request: ReadTextFileRequest): Promise<ReadTextFileResponse>;
  writeFile(request: WriteTextFileRequest): Promise<void>;
}

/** One process of an agent that is spoken to, with its sessions. */
export interface AcpConnection {
  readonly program: LiveProcess;
  /** The tag that its processes carry. */
  readonly tag: string;
  /** What it said of itself; undefined when that was no handshake. Rejects as `request` does. */
  readonly handshake: Promise<Handshake | undefined>;
  /** Aborts when the agent can't be spoken to any more. */
  readonly closed: AbortSignal;
  /** Rejects with `RequestError` for an error that the agent answered, and with another error when the connection ends. */
  request(method: string, params: Json): Promise<Json | undefined>;
  notify(method: string, params: Json): Promise<void>;
  /** Hears of everything that is the session's, until the returned function is called. */
  attach(session: SessionEnd): () => void;
  /** The process took more memory than it may: told to all sessions. */
  tooMuchMemory(): void;
  /** End the process with all that descends from it. */
  end(graceMs: number): Promise<{ readonly survivors: number }>;
}

/** The stable version of the protocol, whatever the library knows besides. */
const VERSION_1 = 1;

/**
 * Speak with a program that was started: greet it, and route what it says to its sessions. `files`: whether it is offered
 * to read and write through us. One in a sandbox is not: we would do outside what it may not do itself.
 */
export async function openConnection(
  program: LiveProcess,
  tag: string,
  { files }: { readonly files: boolean },
): Promise<AcpConnection> {
  const acp = await import("@agentclientprotocol/sdk");
  const sessions = createSessions();
  const update = acp.methods.client.session.update;
  const stream = openWire(program.stdin, program.stdout, sinksFor(sessions, update));
  void pumpErrors(program, (bytes) => sessions.tell((session) => session.grumbled(bytes)));
  const connection = clientApp(acp, sessions, files).connect(stream);
  const request = (method: string, params: Json) =>
    connection.agent.request<Json | undefined, Json>(method, params);
  const handshake = request(acp.methods.agent.initialize, greeting(files)).then(readHandshake);
  handshake.catch(() => {}); // whoever waits for it hears of it
  return {
    program,
    tag,
    handshake,
    closed: connection.signal,
    request,
    notify: (method, params) => connection.agent.notify(method, params),
    attach: sessions.attach,
    tooMuchMemory: () => sessions.each((session) => session.tooMuchMemory()),
    async end(graceMs) {
      const ended = await program.end(graceMs);
      program.closePipes();
      connection.close();
      return ended;
    },
  };
}

/** Messages are counted for their session; updates are handed to it, by their method, too. */
const sinksFor = (sessions: Sessions, updates: string): WireSinks => ({
  async message({ id, method, params }, bytes) {
    const session = isObject(params) ? sessions.find(params["sessionId"]) : undefined;
    await (session?.heard(bytes) ?? sessions.tell((each) => each.heard(bytes)));
    // The library holds updates to its schema, of which agents are ahead, and prints those that fail to our console.
    if (method !== updates || id !== undefined) return false;
    const update = isObject(params) ? params["update"] : undefined;
    if (isObject(update)) session?.update(update);
    return true;
  },
  noise: (bytes) => sessions.tell((session) => session.noise(bytes)),
});

const greeting = (files: boolean): Json => ({
  protocolVersion: VERSION_1,
  clientCapabilities: { fs: { readTextFile: files, writeTextFile: files }, terminal: false },
  clientInfo: { name: "wavegate", title: "Wavegate", version: "1" },
});

/** Resource not found, in the protocol's own numbers. */
const NOT_FOUND = -32_002;

/** What an agent may ask of its client. */
function clientApp(acp: typeof Library, sessions: Sessions, files: boolean) {
  const { session, fs } = acp.methods.client;
  const named = (id: string): SessionEnd => {
    const found = sessions.find(id);
    if (found === undefined) throw acp.RequestError.invalidParams({ sessionId: id });
    return found;
  };
  const offered = (method: string, id: string): SessionEnd => {
    if (!files) throw acp.RequestError.methodNotFound(method);
    return named(id);
  };
  // What is refused is told in the message: as an internal error, which the library makes of it else, nobody reads why.
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw error instanceof FileRefusal ? new acp.RequestError(NOT_FOUND, error.message) : error;
    });
  return acp
    .client({ name: "wavegate" })
    .onRequest(session.requestPermission, ({ params }) =>
      named(params.sessionId).permission(params),
    )
    .onRequest(fs.readTextFile, ({ params }) =>
      told(offered(fs.readTextFile, params.sessionId).readFile(params)),
    )
    .onRequest(fs.writeTextFile, ({ params }) =>
      told(offered(fs.writeTextFile, params.sessionId).writeFile(params)),
    );
}

type Sessions = ReturnType<typeof createSessions>;

function createSessions() {
  const all = new Set<SessionEnd>();
  return {
    find: (id: Json | undefined) =>
      [...all].find((session) => id !== undefined && session.sessionId() === id),
    each: (act: (session: SessionEnd) => void) => all.forEach(act),
    async tell(act: (session: SessionEnd) => Promise<void>) {
      await Promise.all([...all].map(act));
    },
    attach: (session: SessionEnd) => {
      all.add(session);
      return () => all.delete(session);
    },
  };
}

async function pumpErrors(
  program: LiveProcess,
  tell: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  try {
    for await (const chunk of program.stderr as AsyncIterable<Uint8Array>) await tell(chunk);
  } catch {
    // Destroyed because the agent is ended.
  }
}
