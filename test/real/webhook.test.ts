/** Notices to a program outside: posted once where they arrive, signed, never followed elsewhere, and no run waits long for them. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createWebhook } from "../../src/adapters/notices/webhook.ts";
import type { Notice } from "../../src/ports/notices.ts";

const got: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
let answers: number[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.on("data", (part: Buffer) => (body += part.toString("utf8")));
  request.on("end", () => {
    got.push({ path: request.url ?? "", headers: request.headers, body });
    response.writeHead(answers.shift() ?? 204, { location: "/elsewhere" }).end();
  });
});
let url = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  got.length = 0;
  answers = [];
});

const NOTICE: Notice = {
  id: "run-1/between/notice/3",
  runId: "run-1",
  at: "2026-01-02T09:00:00.000Z",
  event: { type: "escalation-settled", concern: "conflict", about: "sk-secret", afterMinutes: 3 },
};
const never = new AbortController().signal;
const redact = (text: string) => text.replaceAll("sk-secret", "[redacted]");
const tell = (env: Record<string, string>, signal = never) =>
  createWebhook({ env, redact }).tell(NOTICE, signal);

test("without an address nobody is told", async () => {
  expect(await tell({})).toEqual({ outcome: "off" });
  expect(await tell({ WAVEGATE_WEBHOOK_URL: "file:///etc/passwd" })).toMatchObject({
    outcome: "failed",
    to: "WAVEGATE_WEBHOOK_URL",
  });
});

test("what is posted is signed, without secrets, and names what it is", async () => {
  const path = "/hook?key=abc";
  const address = `${url.replace("//", "//user:pass@")}${path}`;
  const env = { WAVEGATE_WEBHOOK_URL: address, WAVEGATE_WEBHOOK_SECRET: "s3cret" };
  expect(await tell(env)).toEqual({ outcome: "delivered", to: url });
  const [{ headers, body, path: asked } = { headers: {}, body: "", path: "" }] = got;
  expect(asked).toBe(path);
  expect(JSON.parse(body)).toEqual({ ...NOTICE, event: { ...NOTICE.event, about: "[redacted]" } });
  expect(headers).toMatchObject({
    "content-type": "application/json",
    "x-wavegate-id": NOTICE.id,
    "x-wavegate-event": "escalation-settled",
    "x-wavegate-signature": `sha256=${createHmac("sha256", "s3cret").update(body).digest("hex")}`,
    authorization: `Basic ${Buffer.from("user:pass").toString("base64")}`,
  });
});

test("what fails once is tried again, with the same id; a redirection is not followed", async () => {
  answers = [500];
  expect(await tell({ WAVEGATE_WEBHOOK_URL: url })).toEqual({ outcome: "delivered", to: url });
  expect(got.map(({ headers }) => headers["x-wavegate-id"])).toEqual([NOTICE.id, NOTICE.id]);
  got.length = 0;
  answers = [302, 307];
  expect(await tell({ WAVEGATE_WEBHOOK_URL: `${url}/a` })).toEqual({
    outcome: "failed",
    to: url,
    reason: "it answered 307",
  });
  expect(got.map(({ path }) => path)).toEqual(["/a", "/a"]);
});

test("nobody there, and a run that is ended, are failures with a reason", async () => {
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const to = `http://127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
  expect(await tell({ WAVEGATE_WEBHOOK_URL: `${to}/x` })).toEqual({
    outcome: "failed",
    to,
    reason: "ECONNREFUSED",
  });
  const ended = AbortSignal.abort();
  expect(await tell({ WAVEGATE_WEBHOOK_URL: url }, ended)).toMatchObject({ outcome: "failed" });
  expect(got).toEqual([]);
});
