import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Json } from "../../core/json.ts";
import type { Dialect, StreamEvent } from "./dialect.ts";
import type { Reply } from "./reply.ts";
import type { ModelFault, Turn } from "./turn.ts";

export interface Answering {
  readonly response: ServerResponse;
  readonly dialect: Dialect;
  readonly stream: boolean;
  readonly reply: Reply;
  readonly turn: Turn;
}

/** Write a reply as its interface has it, with what goes wrong with it. Resolves when all of it has been written. */
export async function sendReply(answering: Answering): Promise<void> {
  const { response, dialect, stream, reply, turn } = answering;
  const { fault, chunkMs = 0 } = turn;
  if (fault !== undefined && fault.kind !== "half" && fault.kind !== "stall")
    return sendFault(answering, fault);
  const parts = stream
    ? dialect.events(reply).map(eventText)
    : [JSON.stringify(dialect.whole(reply))];
  const type = stream ? "text/event-stream" : "application/json";
  if (fault === undefined) {
    response.writeHead(200, { "content-type": type, "cache-control": "no-cache" });
    await writeParts(response, parts, chunkMs);
    response.end();
    return;
  }
  const all = parts.join("");
  response.writeHead(200, {
    "content-type": type,
    ...(!stream && { "content-length": Buffer.byteLength(all) }),
  });
  // Inside a character, an event and a JSON text, wherever that is.
  await new Promise<void>((resolve) =>
    response.write(Buffer.from(all).subarray(0, Buffer.byteLength(all) >> 1), () => resolve()),
  );
  if (fault.kind === "half") response.destroy();
}

const eventText = ({ event, data }: StreamEvent): string =>
  `${event === undefined ? "" : `event: ${event}\n`}data: ${data === "[DONE]" ? data : JSON.stringify(data)}\n\n`;

async function writeParts(
  response: ServerResponse,
  parts: readonly string[],
  chunkMs: number,
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    if (response.destroyed) return;
    if (chunkMs > 0 && index > 0) await wait(chunkMs);
    response.write(part);
  }
}

export function sendJson(
  response: ServerResponse,
  body: Json,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

function sendFault(
  { response, dialect, reply }: Answering,
  fault: Exclude<ModelFault, { readonly kind: "half" | "stall" }>,
): void {
  switch (fault.kind) {
    case "hang":
      return;
    case "status":
      return sendJson(
        response,
        dialect.error(fault.status, fault.message ?? `scripted status ${fault.status}`),
        {
          status: fault.status,
          headers: fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter },
        },
      );
    case "wrong-length": {
      const body = Buffer.from(JSON.stringify(dialect.whole(reply)));
      // By hand: Node itself would not let a wrong length out.
      response.socket?.end(
        Buffer.concat([
          Buffer.from(
            `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Math.max(0, body.length + fault.by)}\r\n\r\n`,
          ),
          body,
        ]),
      );
      return;
    }
    case "big-header":
      return sendJson(response, dialect.whole(reply), {
        headers: { "x-filler": "x".repeat(fault.bytes) },
      });
    case "redirect-loop":
      response.writeHead(307, { location: response.req.url ?? "/" });
      response.end();
      return;
    case "garbage":
      response.writeHead(200, { "content-type": "application/json" });
      response.end(fault.body);
  }
}
