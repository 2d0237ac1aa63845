import type { RequestPermissionRequest, RequestPermissionResponse } from "@agentclientprotocol/sdk";
import { oneLine } from "../../../core/text.ts";
import {
  answerPermission,
  isToolKind,
  type PermissionPolicy,
} from "../../../stage/agents/acp/permissions.ts";
import { SUBMIT_SERVER, SUBMIT_TOOL } from "../shared/submit/submit-server.ts";
import { objectsIn, textOf, type JsonObject } from "../../shared/safe-json.ts";
import { mayRead, mayWrite, type AttemptFolders } from "./attempt-files.ts";

/** What an attempt may do, and where. */
export interface SessionRules {
  readonly permissions: PermissionPolicy;
  readonly folders: AttemptFolders;
}

/** What was decided, for the agent and for people. */
interface Decided {
  readonly response: RequestPermissionResponse;
  readonly title: string;
  readonly kind: string;
  readonly allowed: boolean;
  readonly text: string;
}

/** Tools that change or start something; their command lines and paths can hold any word. */
const CHANGES: ReadonlySet<string> = new Set(["execute", "edit", "delete", "move", "fetch"]);

/**
 * Answer what an agent asks to be allowed by the rules, at once. `announced` is what it said of the call before: some ask
 * with no more than the call's id (Codex).
 */
export async function decidePermission(
  { permissions, folders }: SessionRules,
  request: RequestPermissionRequest,
  announced: JsonObject = {},
): Promise<Decided> {
  const asked = await questionOf(folders, request, announced);
  const { kind, submits } = asked;
  const { allowed, reason } = answerPermission(permissions, asked);
  const title = oneLine(request.toolCall.title ?? textOf(announced["title"]) ?? kind, 120);
  const optionId = optionFor(request, allowed, submits);
  return {
    response: {
      outcome:
        optionId === undefined ? { outcome: "cancelled" } : { outcome: "selected", optionId },
    },
    title,
    kind,
    allowed,
    text: `${allowed ? "allowed" : "denied"}: ${title} (${reason})`,
  };
}

async function questionOf(
  folders: AttemptFolders,
  { toolCall }: RequestPermissionRequest,
  announced: JsonObject,
) {
  const kind = [toolCall.kind, announced["kind"]].find(isToolKind) ?? "other";
  const files = [
    ...(toolCall.locations ?? []).map((location) => location.path),
    ...objectsIn(announced["locations"]).flatMap((location) => textOf(location["path"]) ?? []),
    ...(toolCall.content ?? []).flatMap((part) => (part.type === "diff" ? part.path : [])),
  ];
  const may = kind === "read" || kind === "search" ? mayRead : mayWrite;
  const inside = await Promise.all(files.slice(0, 100).map((file) => may(folders, file)));
  // Codex says of tools of MCP servers that they execute, and names server and tool apart.
  const named = namesTool(toolCall.rawInput ?? announced["rawInput"]);
  const titles = [toolCall.name, toolCall.title, textOf(announced["title"])];
  // A command line or a path can begin with the name, too.
  const submits =
    named || (!CHANGES.has(kind) && titles.some((title) => OWN_TITLE.test(title ?? "")));
  return { kind, inside, submits };
}

/**
 * What agents call the tool: its name alone (Gemini: with the server in brackets), or after that of the server. What is
 * asked for is the model's to write, and so is no sign: whoever wants something allowed could put the name there.
 */
const OWN_TITLE = new RegExp(
  `^(?:mcp(?:__|[._:/-]))?(?:${SUBMIT_SERVER}(?:__|[._:/-]))?${SUBMIT_TOOL}(?:$|[ :(])`,
);

/** Names server and tool and nothing that another tool could act on. */
const namesTool = (input: unknown): boolean =>
  typeof input === "object" &&
  input !== null &&
  "server" in input &&
  "tool" in input &&
  input.server === SUBMIT_SERVER &&
  input.tool === SUBMIT_TOOL &&
  Object.keys(input).every((key) => ["server", "tool", "arguments"].includes(key));

/** For this once: an answer for always would outlive the rules, except that results can always be handed in. */
function optionFor(
  { options }: RequestPermissionRequest,
  allowed: boolean,
  submits: boolean,
): string | undefined {
  const allow = submits ? ["allow_once", "allow_always"] : ["allow_once"];
  const kinds = allowed ? allow : ["reject_once", "reject_always"];
  return kinds.flatMap((kind) => options.find((option) => option.kind === kind)?.optionId ?? [])[0];
}
