import { formatDuration } from "../../../core/duration.ts";
import type { Json } from "../../../core/json.ts";
import { oneLine } from "../../../core/text.ts";
import type { ResolvedAcpDefinition } from "../../../stage/agents/acp/definition.ts";
import { isObject, textOf, type JsonObject } from "../../shared/safe-json.ts";
import type { AcpConnection } from "./connection.ts";
import { ConversationEnd, type Conversation } from "./conversation.ts";
import type { Handshake } from "./handshake.ts";
import { settleSession } from "./settle-session.ts";

export const HANDSHAKE_MS = 60_000;
const VERSION = 1;
const AUTH_REQUIRED = -32_000;

/**
 * One prompt to its end: handshake, session, mode and model, prompt. Returns the agent's last message. Throws
 * `ConversationEnd` for what is understood, the library's `RequestError` for other errors of the agent, and whatever
 * closed the connection.
 */
export async function converse(talk: Conversation): Promise<JsonObject> {
  const handshake = await greet(talk.connection);
  const session = await openSession(talk, handshake);
  const sessionId = textOf(session["sessionId"]);
  if (sessionId === undefined)
    throw new ConversationEnd({
      kind: "invalid-output",
      message: "opened a session without an id",
    });
  talk.named(sessionId);
  await settleSession(talk, sessionId, session);
  talk.asked(sessionId, handshake);
  const response = await talk.connection.request("session/prompt", {
    sessionId,
    prompt: [{ type: "text", text: talk.prompt }],
  });
  return isObject(response) ? response : {};
}

/** The handshake, within its time. */
export async function greet(
  connection: AcpConnection,
  withinMs = HANDSHAKE_MS,
): Promise<Handshake> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = `did not answer the handshake of the Agent Client Protocol within ${formatDuration(withinMs)}: is it started with the right arguments?`;
    timer = setTimeout(() => reject(new ConversationEnd({ kind: "timeout", message })), withinMs);
  });
  try {
    const handshake = await Promise.race([connection.handshake, late]);
    if (handshake === undefined)
      throw new ConversationEnd({
        kind: "invalid-output",
        message: "answered the handshake of the Agent Client Protocol with something else",
      });
    if (handshake.protocolVersion !== VERSION)
      throw new ConversationEnd({
        kind: "refused",
        message: `speaks version ${handshake.protocolVersion} of the Agent Client Protocol, and Wavegate version ${VERSION}: use another version of the agent`,
      });
    return handshake;
  } finally {
    clearTimeout(timer);
  }
}

async function openSession(talk: Conversation, handshake: Handshake): Promise<JsonObject> {
  const params: Json = {
    cwd: talk.cwd,
    mcpServers: talk.servers.map(({ name, command, args, env }) => ({ name, command, args, env })),
  };
  const open = async () => {
    const session = await talk.connection.request("session/new", params);
    return isObject(session) ? session : {};
  };
  try {
    return await open();
  } catch (error) {
    if (!wantsLogin(error)) throw error;
    await logIn(talk, handshake, error);
    return open().catch((again: unknown) => {
      throw wantsLogin(again) ? notLoggedIn(talk.definition, handshake, again) : again;
    });
  }
}

export const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "number"
    ? error.code
    : undefined;

const wantsLogin = (error: unknown): boolean => codeOf(error) === AUTH_REQUIRED;

/** By a key that the user has set for it; nothing is asked of anybody. */
async function logIn(talk: Conversation, handshake: Handshake, error: unknown): Promise<void> {
  const login = talk.definition.preset?.logins.find(
    ({ variable, method }) => talk.has(variable) && handshake.logins.includes(method),
  );
  if (login === undefined) throw notLoggedIn(talk.definition, handshake, error);
  talk.note(`logs in by ${login.method}`);
  await talk.connection.request("authenticate", { methodId: login.method });
}

function notLoggedIn(
  { preset, name }: ResolvedAcpDefinition,
  { logins }: Handshake,
  error: unknown,
): ConversationEnd {
  const said = error instanceof Error ? `: ${oneLine(error.message, 200)}` : "";
  const ways = logins.length === 0 ? "" : ` It offers: ${logins.slice(0, 6).join(", ")}.`;
  const variables = preset?.logins.map(({ variable }) => variable) ?? [];
  const set = variables.length === 0 ? "" : `, or set ${variables.join(" or ")}`;
  return new ConversationEnd({
    kind: "auth",
    message: oneLine(
      `asks to log in${said}. Start ${preset?.name ?? name} once by hand and log in${set}.${ways}`,
      500,
    ),
  });
}
