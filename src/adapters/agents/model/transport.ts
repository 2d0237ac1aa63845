import { firstInvalidUtf8 } from "../shared/utf8.ts";

/** What an endpoint does that no answer can come of. */
export class TransportError extends Error {
  readonly trouble: "redirect" | "not-utf8" | "long-line";

  constructor(trouble: TransportError["trouble"], message: string) {
    super(message);
    this.name = "TransportError";
    this.trouble = trouble;
  }
}

/** What is counted of one attempt's traffic. */
export interface Traffic {
  requests: number;
  requestBytes: number;
  /** Status of the last response; 0 before the first. */
  status: number;
}

export interface TransportOptions {
  /** Response bytes came: what of them still fits the limit. Also called with none when the headers come. */
  readonly admit: (this: void, chunk: Uint8Array) => Uint8Array;
  readonly traffic: Traffic;
}

export type Fetch = typeof globalThis.fetch;

/** More than any honest endpoint sends one request through. */
const MAX_REDIRECTS = 3;
/** No event or error of an API is longer, in bytes; its reader holds a line whole. */
const MAX_LINE = 8 * 1024 * 1024;

/**
 * The `fetch` that the AI SDK is given. It holds the limits on bytes, wants UTF-8, and follows redirects only within the
 * address's own origin, and only those that keep the request as it is (307, 308; RFC 9110 §15.4): the key goes nowhere else.
 */
export const createTransport =
  ({ admit, traffic }: TransportOptions): Fetch =>
  async (input, init) => {
    let url = new URL(input instanceof Request ? input.url : input);
    for (let redirects = 0; ; redirects += 1) {
      traffic.requests += 1;
      traffic.requestBytes += typeof init?.body === "string" ? Buffer.byteLength(init.body) : 0;
      const response = await fetch(url, { ...init, redirect: "manual" });
      admit(new Uint8Array());
      traffic.status = response.status;
      if (response.status < 300 || response.status >= 400) return watched(response, admit);
      await response.body?.cancel();
      url = targetOf(response, url, redirects);
    }
  };

const refuse = (what: string) => new TransportError("redirect", what);

function targetOf({ status, headers }: Response, from: URL, redirects: number): URL {
  const location = headers.get("location") ?? "";
  if (status !== 307 && status !== 308)
    throw refuse(`it answered with status ${status}, which is no answer to a request of this kind`);
  if (!URL.canParse(location, from.href))
    throw refuse(`it answered with status ${status} to no address`);
  const target = new URL(location, from);
  if (target.origin !== from.origin)
    throw refuse(`it redirects to ${target.origin}, where the key is not sent`);
  if (redirects >= MAX_REDIRECTS) throw refuse("it redirects in a circle");
  return target;
}

/** The response with its bytes counted and looked at. */
function watched(response: Response, admit: TransportOptions["admit"]): Response {
  if (response.body === null) return response;
  const { status, statusText, headers } = response;
  const body = response.body.pipeThrough(byteWatch(admit));
  return new Response(body, { status, statusText, headers });
}

function byteWatch(admit: TransportOptions["admit"]) {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  let line = 0;
  let offset = 0;
  return new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const bytes = admit(chunk);
      try {
        utf8.decode(bytes, { stream: true });
      } catch {
        const at = Math.max(0, firstInvalidUtf8(bytes));
        const message = `its response is not UTF-8 near byte ${offset + at}`;
        return controller.error(new TransportError("not-utf8", message));
      }
      offset += bytes.length;
      const end = bytes.lastIndexOf(0x0a);
      line = end < 0 ? line + bytes.length : bytes.length - end - 1;
      if (line > MAX_LINE)
        return controller.error(
          new TransportError("long-line", `it sent a line of more than ${MAX_LINE / 2 ** 20} MiB`),
        );
      controller.enqueue(bytes);
    },
  });
}
