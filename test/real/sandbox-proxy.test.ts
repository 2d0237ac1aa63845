/** The proxy outside of a sandbox (RELIABILITY D4), asked by clients that do what they like: one server, bounded, nothing followed to elsewhere. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startEndpointProxy } from "../../src/adapters/sandbox/proxy/endpoint-proxy.ts";
import { parseEndpoint, type Endpoint } from "../../src/stage/sandbox/endpoint.ts";

let folder = "";
let server: http.Server;
let answer: http.RequestListener = (_, response) => response.end();
let seen: http.IncomingMessage[] = [];
const ends: (() => Promise<void>)[] = [];
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-proxy-"));
  seen = [];
  server = http.createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const port = () => {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
};
function endpoint(text: string, change: Partial<Endpoint> = {}): Endpoint {
  const parsed = parseEndpoint(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return { ...parsed.value, ...change };
}

const KEYS = [
  {
    variable: "K",
    value: "the-real-key",
    placeholder: "stand-in",
    header: { name: "x-api-key", prefix: "" },
  },
];

async function proxied(to: Endpoint, most = { request: 1_000, answer: 5_000 }) {
  const socket = path.join(folder, `${ends.length}.sock`);
  ends.push(await startEndpointProxy({ endpoint: to, keys: KEYS, socket, maxBytes: most }));
  return (options: http.RequestOptions, body = "") =>
    new Promise<{
      readonly status: number;
      readonly headers: http.IncomingHttpHeaders;
      text: string;
    }>((resolve, reject) => {
      const request = http.request({ ...options, socketPath: socket }, (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString("latin1")));
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
        response.on("error", reject);
      });
      request.on("error", reject).end(body);
    });
}

test("headers of the connection end here, the host is the endpoint's, and the key is put in", async () => {
  answer = (_, response) => response.end("ok");
  const ask = await proxied(endpoint(`http://127.0.0.1:${port()}`));
  const asked = await ask({
    path: "/v1/x?key=stand-in",
    headers: {
      host: "169.254.169.254",
      "proxy-authorization": "x",
      "x-forwarded-for": "1",
      connection: "close, x-secret-hop",
      "x-secret-hop": "1",
      "x-api-key": "stand-in",
    },
  });
  expect(asked).toMatchObject({ status: 200, text: "ok" });
  expect(seen[0]?.url).toBe("/v1/x?key=the-real-key");
  expect(seen[0]?.headers).toMatchObject({
    host: `127.0.0.1:${port()}`,
    "x-api-key": "the-real-key",
  });
  for (const name of ["proxy-authorization", "x-forwarded-for", "x-secret-hop"])
    expect(seen[0]?.headers).not.toHaveProperty(name);
});

test("a name that stands for this machine is not connected to, unless it was named as such", async () => {
  const named = await proxied(endpoint(`http://localhost:${port()}`, { loopback: false }));
  expect(await named({ path: "/" })).toMatchObject({
    status: 403,
    text: expect.stringContaining("stands for no address that is allowed"),
  });
  const literal = await proxied(endpoint(`http://127.0.0.1:${port()}`, { loopback: false }));
  expect((await literal({ path: "/" })).status).toBe(403);
  expect(seen).toEqual([]);
  const local = await proxied(endpoint(`http://localhost:${port()}`));
  expect((await local({ path: "/" })).status).toBe(200);
});

test("redirects stay with the endpoint, by path, or are not passed on", async () => {
  const ask = await proxied(endpoint(`http://127.0.0.1:${port()}`));
  const to = async (location: string) => {
    answer = (_, response) => response.writeHead(307, { location }).end();
    const { status, headers } = await ask({ path: "/" });
    return [status, headers.location];
  };
  expect(await to("/next?a=1")).toEqual([307, "/next?a=1"]);
  expect(await to(`http://127.0.0.1:${port()}/next`)).toEqual([307, "/next"]);
  for (const elsewhere of [
    "http://169.254.169.254/",
    "//evil.example/",
    `http://127.0.0.1:${port() + 1}/`,
    `https://127.0.0.1:${port()}/`,
    "file:///etc/passwd",
  ])
    expect(await to(elsewhere)).toEqual([502, undefined]);
});

test("what is too long is cut: a request, an answer, headers", async () => {
  const ask = await proxied(endpoint(`http://127.0.0.1:${port()}`));
  answer = (request, response) => {
    request.resume().on("end", () => response.end("all"));
  };
  const long = await ask({ path: "/", method: "POST" }, "x".repeat(2_000)).catch(String);
  expect(typeof long === "string" ? long : long.status).not.toBe(200);
  answer = (_, response) => response.end("x".repeat(10_000));
  await expect(ask({ path: "/" })).rejects.toThrow(/aborted|hang up/);
  answer = (_, response) => response.writeHead(200, { big: "x".repeat(100_000) }).end();
  expect(await ask({ path: "/" })).toMatchObject({ status: 502 });
});

test("neither tunnels nor other protocols, methods or paths; and no request hangs when it is ended", async () => {
  const ask = await proxied(endpoint(`http://127.0.0.1:${port()}/v1`));
  expect((await ask({ path: "/v1/../admin" })).status).toBe(403);
  expect((await ask({ path: "/admin" })).status).toBe(403);
  expect((await ask({ path: "/v1", method: "TRACE" })).status).toBe(405);
  expect(
    (await ask({ path: "/v1", headers: { connection: "upgrade", upgrade: "websocket" } })).status,
  ).toBe(501);
  const socket = connect(path.join(folder, "0.sock"));
  socket.write("CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(socket, "close");
  expect(seen).toEqual([]);
  answer = () => {};
  const hanging = ask({ path: "/v1" }).catch(String);
  while (seen.length === 0) await new Promise((resolve) => setImmediate(resolve));
  for (const end of ends.splice(0)) await end();
  expect(await hanging).toMatch(/hang up|ECONNRESET/);
});
