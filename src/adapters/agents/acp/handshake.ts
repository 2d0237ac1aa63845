import type { Json } from "../../../core/json.ts";
import { oneLine } from "../../../core/text.ts";
import { isObject, objectsIn, textOf, type JsonObject } from "../../shared/safe-json.ts";

/** What an agent said of itself when it was first spoken to. Read, never assumed. */
export interface Handshake {
  readonly protocolVersion: number;
  /** Name and version, where it tells them. */
  readonly agent: { readonly name: string; readonly version: string } | undefined;
  readonly capabilities: AcpCapabilities;
  /** Ids of the ways to log in that it offers. */
  readonly logins: readonly string[];
}

export interface AcpCapabilities {
  /** Sessions can be taken up again, listed, closed. */
  readonly load: boolean;
  readonly resume: boolean;
  readonly list: boolean;
  readonly close: boolean;
  /** What prompts may hold besides text. */
  readonly images: boolean;
  readonly audio: boolean;
  readonly embeddedContext: boolean;
  /** Kinds of MCP servers besides stdio. */
  readonly mcpHttp: boolean;
  readonly mcpSse: boolean;
}

/** The answer to `initialize`; undefined when it is none. */
export function readHandshake(answer: Json | undefined): Handshake | undefined {
  if (!isObject(answer)) return undefined;
  const { protocolVersion } = answer;
  if (typeof protocolVersion !== "number" || !Number.isInteger(protocolVersion)) return undefined;
  return {
    protocolVersion,
    agent: readAgent(answer["agentInfo"]),
    capabilities: readCapabilities(answer["agentCapabilities"]),
    logins: objectsIn(answer["authMethods"]).flatMap(({ id }) => textOf(id) ?? []),
  };
}

function readAgent(info: Json | undefined): Handshake["agent"] {
  if (!isObject(info)) return undefined;
  const name = oneLine(textOf(info["title"]) ?? textOf(info["name"]) ?? "", 80);
  return name === ""
    ? undefined
    : { name, version: oneLine(textOf(info["version"]) ?? "", 40) || "unknown" };
}

function readCapabilities(value: Json | undefined): AcpCapabilities {
  const all = objectOf(value);
  const session = objectOf(all["sessionCapabilities"]);
  const prompt = objectOf(all["promptCapabilities"]);
  const mcp = objectOf(all["mcpCapabilities"]);
  return {
    load: all["loadSession"] === true,
    resume: isObject(session["resume"]),
    list: isObject(session["list"]),
    close: isObject(session["close"]),
    images: prompt["image"] === true,
    audio: prompt["audio"] === true,
    embeddedContext: prompt["embeddedContext"] === true,
    mcpHttp: mcp["http"] === true,
    mcpSse: mcp["sse"] === true,
  };
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
