import type { Json } from "../../../core/json.ts";
import { oneLine } from "../../../core/text.ts";
import { MAX_ANSWER } from "../shared/find-json.ts";
import type { LimitWatch } from "../../shared/process/limit-watch.ts";
import { isObject, textOf, type JsonObject } from "../../shared/safe-json.ts";
import { readForAgent, writeForAgent } from "./attempt-files.ts";
import type { SessionEnd } from "./connection.ts";
import { createAnnouncedCalls } from "./announced-calls.ts";
import { decidePermission, type SessionRules } from "./decide-permission.ts";
import type { SessionTranscript } from "./transcript.ts";
import { costIn } from "./usage.ts";

/** Our end of a session: what it says is kept, what it asks is answered by the rules. */
export interface LiveSession extends SessionEnd {
  named(id: string): void;
  /** What it said after its last tool: the answer, if it handed none in. At most 8 MiB, else its end. */
  lastText(): string;
  /** US dollars so far. */
  cost(): number | "unknown";
  /** Titles of what it was denied, for the message of a failure. */
  denied(): readonly string[];
}

const MAX_TITLES = 3;

/** A session of one attempt, within its limits. */
export function openSession(
  rules: SessionRules,
  watch: LimitWatch,
  transcript: SessionTranscript,
): LiveSession {
  let id: string | undefined;
  let cost: number | "unknown" = "unknown";
  const [text, announced] = [createLastText(), createAnnouncedCalls()];
  const denied: string[] = [];

  return {
    named: (given) => (id = given),
    sessionId: () => id,
    lastText: text.all,
    cost: () => cost,
    denied: () => denied,
    async heard(bytes) {
      watch.admitCount(bytes);
      await transcript.written();
    },
    async noise(bytes) {
      watch.admitCount(bytes.length);
      transcript.enter({ type: "noise", text: shownNoise(bytes), bytes: bytes.length });
      await transcript.written();
    },
    grumbled: (bytes) => transcript.grumbled(watch.admit(bytes)),
    update(update) {
      cost = update["sessionUpdate"] === "usage_update" ? costIn(update) : cost;
      announced.heard(update);
      follow(update, transcript, text);
    },
    tooMuchMemory: () => watch.stop("out-of-memory"),
    async permission(request) {
      const { response, title, allowed, ...said } = await decidePermission(
        rules,
        request,
        announced.of(request.toolCall.toolCallId),
      );
      if (!allowed && denied.length < MAX_TITLES) denied.push(title);
      transcript.enter({ type: "permission", allowed, ...said });
      return response;
    },
    readFile: async (request) => ({
      content: await onFile(transcript, ["read", request.path], () =>
        readForAgent(rules.folders, request),
      ),
    }),
    writeFile: (request) =>
      onFile(transcript, ["wrote", request.path], () => writeForAgent(rules.folders, request)),
  };
}

const shownNoise = (bytes: Uint8Array): string =>
  Buffer.from(bytes.subarray(0, 2_000)).toString("utf8");

/** Do something with a file for the agent, and say so. */
async function onFile<T>(
  transcript: SessionTranscript,
  [did, file]: readonly [did: string, file: string],
  work: () => Promise<T>,
): Promise<T> {
  const shown = oneLine(file, 160);
  try {
    const done = await work();
    transcript.enter({ type: "file", text: `${did} ${shown}` });
    return done;
  } catch (error) {
    const why = error instanceof Error ? error.message : "it failed";
    transcript.enter({ type: "file", text: `not ${did}: ${shown}: ${why}` });
    throw error;
  }
}

/** Keep what an update tells, in words. */
function follow(update: JsonObject, transcript: SessionTranscript, text: LastText): void {
  switch (textOf(update["sessionUpdate"]) ?? "") {
    case "agent_message_chunk": {
      const chunk = textIn(update["content"]);
      text.add(chunk);
      return transcript.say("message", chunk);
    }
    case "agent_thought_chunk":
      return transcript.say("thought", textIn(update["content"]));
    case "tool_call": {
      text.clear();
      const title = oneLine(textOf(update["title"]) ?? "a tool", 200);
      const kind = textOf(update["kind"]) ?? "other";
      const input = JSON.stringify(update["rawInput"] ?? null).slice(0, 2_000);
      return transcript.enter({ type: "tool", text: title, kind: oneLine(kind, 20), input });
    }
    case "tool_call_update": {
      const status = textOf(update["status"]);
      if (status !== "completed" && status !== "failed") return;
      const title = oneLine(textOf(update["title"]) ?? "", 200);
      return transcript.enter({ type: "tool-ended", text: title, status });
    }
    default:
  }
}

const textIn = (content: Json | undefined): string =>
  isObject(content) && content["type"] === "text" ? (textOf(content["text"]) ?? "") : "";

type LastText = ReturnType<typeof createLastText>;

function createLastText() {
  let parts: string[] = [];
  let length = 0;
  const clear = () => {
    [parts, length] = [[], 0];
  };
  return {
    clear,
    add(text: string): void {
      if (length + text.length > MAX_ANSWER) {
        const end = (parts.join("") + text).slice(-MAX_ANSWER / 2);
        [parts, length] = [[end], end.length];
        return;
      }
      parts.push(text);
      length += text.length;
    },
    all: () => parts.join(""),
  };
}
