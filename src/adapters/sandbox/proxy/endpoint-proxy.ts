import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import { isIP } from "node:net";
import type { Endpoint } from "../../../stage/sandbox/endpoint.ts";
import { allowedTarget, originOf } from "../../../stage/sandbox/endpoint.ts";
import type { KeptKey } from "../../../stage/sandbox/inside-environment.ts";
import { AddressRefused, addressAllowed, guardedLookup } from "./guarded-lookup.ts";
import { passedOn, withCredentials } from "./outgoing-headers.ts";

export interface ProxyOptions {
  readonly endpoint: Endpoint;
  /** Put in on the way; no one inside ever has them. */
  readonly keys: readonly KeptKey[];
  /** Path of the socket to listen on. */
  readonly socket: string;
  /** Most bytes of one request, and of one answer. Default 64 MiB and 256 MiB. */
  readonly maxBytes?: { readonly request: number; readonly answer: number };
}

const DEFAULT_BYTES = { request: 64 * 2 ** 20, answer: 256 * 2 ** 20 };
const CONNECT_MS = 30_000;
/** A runaway agent gets no more connections than this at once. */
const MAX_CONNECTIONS = 128;
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/**
 * Passes requests on from a socket to exactly one endpoint, and answers back as they come: nothing is buffered, who breaks off
 * breaks off both sides, redirects to elsewhere are not passed on. Whatever a client sends, it can reach nothing else, and no
 * answer holds a credential that the endpoint does not send itself. Call the result to end it; all connections are cut.
 */
export async function startEndpointProxy(options: ProxyOptions): Promise<() => Promise<void>> {
  const { endpoint } = options;
  const agent = (endpoint.protocol === "http:" ? http : https).Agent;
  const connections = new agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  const server = http.createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 });
  server.maxConnections = MAX_CONNECTIONS;
  server.on("request", (request, response) => pass(request, response, options, connections));
  // Neither tunnels nor other protocols: clients fall back to plain requests.
  server.on("connect", (_request, socket) => socket.destroy());
  server.on("upgrade", (_request, socket) =>
    socket.end("HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"),
  );
  server.on("clientError", (_error, socket) => socket.destroy());
  server.listen(options.socket);
  await once(server, "listening");
  return async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    connections.destroy();
    await closed;
  };
}

function pass(
  request: IncomingMessage,
  response: ServerResponse,
  { endpoint, keys, maxBytes = DEFAULT_BYTES }: ProxyOptions,
  agent: http.Agent,
): void {
  const { method = "", url = "" } = request;
  if (!METHODS.has(method)) return refuse(response, 405, `${method} is not passed on`);
  if (!allowedTarget(endpoint, url)) return refuse(response, 403, "this path is not passed on");
  if (isIP(endpoint.host) !== 0 && !addressAllowed(endpoint, endpoint.host))
    return refuse(response, 403, `${endpoint.host} is not allowed`);
  const { headers, target } = withCredentials(
    { headers: passedOn(request.headers), target: url },
    keys,
  );
  const { protocol, host, port } = endpoint;
  const outer = (protocol === "http:" ? http : https).request({
    agent,
    protocol,
    host,
    port,
    method,
    path: target,
    headers: { ...headers, host: originOf(endpoint).slice(`${protocol}//`.length) },
    lookup: guardedLookup(endpoint),
    setHost: false,
  });
  outer.setNoDelay(true);
  outer.on("socket", (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => outer.destroy(new Error("no connection in 30 s")), CONNECT_MS);
    socket.once("connect", () => clearTimeout(timer)).once("close", () => clearTimeout(timer));
  });
  outer.on("response", (answer) => passBack(answer, response, { endpoint, most: maxBytes.answer }));
  outer.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, error instanceof AddressRefused ? 403 : 502, reasonOf(error));
  });
  response.on("close", () => outer.destroy());
  let bytes = 0;
  request.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes <= maxBytes.request) return;
    outer.destroy();
    refuse(response, 413, `a request of more than ${maxBytes.request} bytes is not passed on`);
  });
  request.pipe(outer);
}

/** Never with a credential: only what kind of trouble it was. */
const reasonOf = (error: Error): string =>
  error instanceof AddressRefused
    ? error.message
    : `the endpoint can't be reached (${"code" in error ? String(error.code) : error.name})`;

function passBack(
  answer: IncomingMessage,
  response: ServerResponse,
  { endpoint, most }: { readonly endpoint: Endpoint; readonly most: number },
): void {
  const { statusCode = 502, headers } = answer;
  const location = statusCode >= 300 && statusCode < 400 ? headers.location : undefined;
  const elsewhere = location !== undefined && !staysThere(location, endpoint);
  if (response.headersSent || elsewhere) {
    answer.destroy();
    if (elsewhere && !response.headersSent)
      refuse(response, 502, "the endpoint redirects to elsewhere, which is not followed");
    return;
  }
  response.writeHead(statusCode, {
    ...passedOn(headers),
    ...(location !== undefined && { location: targetOf(location, endpoint) }),
  });
  response.flushHeaders();
  let bytes = 0;
  answer.on("data", (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > most) response.destroy();
  });
  // Half an answer must look like half an answer.
  answer.on("error", () => response.destroy());
  answer.on("aborted", () => response.destroy());
  answer.pipe(response);
}

const resolved = (location: string, endpoint: Endpoint): URL | undefined => {
  try {
    return new URL(location, `${originOf(endpoint)}${endpoint.path}/`);
  } catch {
    return undefined;
  }
};

const staysThere = (location: string, endpoint: Endpoint): boolean =>
  resolved(location, endpoint)?.origin === originOf(endpoint);

/** Without the endpoint's own name, which can't be reached from inside. */
function targetOf(location: string, endpoint: Endpoint): string {
  const url = resolved(location, endpoint);
  return url === undefined ? "" : url.pathname + url.search;
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.headersSent || response.destroyed) return;
  const type = "wavegate_sandbox";
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(JSON.stringify({ type: "error", error: { type, message: `sandbox: ${reason}` } }));
}
