/** Secrets that a command prints: read once, told to nobody else, in no message. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRedactor, REDACTED } from "../../src/adapters/artifacts/redactor.ts";
import { readSecret } from "../../src/adapters/secrets/read-secret.ts";
import { createKeychain, withSecrets } from "../../src/bootstrap/keychain.ts";
import { autoPuppet } from "../../src/testing/puppet-agent.ts";

const cwd = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-secrets-")));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const env = { PATH: process.env["PATH"], PASSWORD_STORE_DIR: "/store", OTHER: "x", MINE: "y" };
const VALUE = "k4n4ry-of-the-keychain";
const definition = (script: string, timeoutMs = 10_000) => ({
  name: "MY_KEY",
  command: ["sh", "-c", script],
  passEnv: ["MINE"],
  timeoutMs,
});
const read = (script: string, timeoutMs?: number) =>
  readSecret(definition(script, timeoutMs), { env, cwd });

test("what the command prints is the secret, but for the line end that closes it", async () => {
  expect(await read(`echo '${VALUE}'`)).toEqual({ ok: true, value: VALUE });
  expect(await read(`printf 'first line\\n second \\n\\n'`)).toEqual({
    ok: true,
    value: "first line\n second \n",
  });
  const literal = { ...definition(""), command: ["printf", "%s", "$(id) `id` long"] };
  expect(await readSecret(literal, { env, cwd })).toMatchObject({ value: "$(id) `id` long" });
  // It sees what keychains need and what is listed, nothing else.
  const seen = await read("env | cut -d= -f1 | sort | tr '\\n' ' '");
  expect(seen.ok && seen.value).toMatch(/^MINE .*PASSWORD_STORE_DIR PATH PWD/);
  expect(seen.ok && seen.value).not.toContain("OTHER");
});

test.each([
  ["exit 3", "it ended with exit code 3"],
  [`echo ${VALUE}; echo ${VALUE} >&2; exit 1`, "it ended with exit code 1"],
  ["kill -9 $$", "it ended with SIGKILL"],
  ["true", "it printed nothing"],
  ["echo short", "it printed fewer than 8 characters"],
  ["head -c 100000 /dev/zero", "it printed more than 65536 bytes"],
  ["printf '\\377\\376abcdefgh'", "it printed no UTF-8 text"],
])("%s: %s, and nothing of what it printed", async (script, why) => {
  expect(await read(script)).toEqual({ ok: false, error: why });
});

test("a command that hangs is ended with all that it started", async () => {
  const pidFile = path.join(cwd, "pid");
  const before = performance.now();
  const found = await read(`sleep 1000 & echo $! > ${pidFile}; trap '' TERM; wait`, 500);
  expect(found).toEqual({ ok: false, error: "it took too long" });
  expect(performance.now() - before).toBeLessThan(5_000);
  const pid = Number(readFileSync(pidFile, "utf8"));
  await expect.poll(() => isAlive(pid)).toBe(false);
  const missing = { ...definition(""), command: ["./not-there"] };
  expect(await readSecret(missing, { env, cwd })).toEqual({
    ok: false,
    error: "there is no such program",
  });
});

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "latin1"));
  } catch {
    return false;
  }
}

test("it is run once, for the agents that get it, and known to the redactor before them", async () => {
  const count = path.join(cwd, "count");
  const redactor = createRedactor({ env: {} });
  const secret = definition(`echo run >> ${count}; [ -e ${count}.ok ] && echo '${VALUE}'`);
  const keychain = createKeychain(
    [secret, { ...secret, name: "SET_KEY" }],
    {
      cwd,
      env: { ...env, SET_KEY: "from the environment" },
    },
    (_, value) => redactor.learn([value]),
  );
  const made: (readonly [string, string][])[] = [];
  const agentWith = (passes: (name: string) => boolean) =>
    withSecrets({ names: keychain.names(passes), keychain }, (secrets) => {
      made.push(Object.entries(secrets));
      return autoPuppet({ risk: { value: redactor.redact(`x ${VALUE}`) } });
    });
  const mine = agentWith((name) => name.endsWith("_KEY"));
  const other = agentWith((name) => name === "OTHER");
  expect(made).toEqual([[["MY_KEY", "not read yet"]], []]);
  await mine.describe();
  const request = requestOf();
  expect(await mine.run(request)).toMatchObject({
    ok: false,
    error: {
      kind: "auth",
      message: "the command of the secret MY_KEY (sh) gave none: it ended with exit code 1",
    },
  });
  writeFileSync(`${count}.ok`, "");
  const [first, second] = await Promise.all([mine.run(request), mine.run(request)]);
  expect([first, second]).toEqual([
    expect.objectContaining({
      ok: true,
      value: expect.objectContaining({ value: `x ${REDACTED}` }),
    }),
    expect.objectContaining({ ok: true }),
  ]);
  await other.run(request);
  expect(readFileSync(count, "utf8")).toBe("run\nrun\n");
  expect(made).toEqual([[["MY_KEY", "not read yet"]], [], [["MY_KEY", VALUE]]]);
});

const requestOf = (): Parameters<ReturnType<typeof autoPuppet>["run"]>[0] => ({
  runId: "r",
  stage: "planning",
  role: "risk",
  task: "analysis",
  contract: "risk_assessment",
  prompt: "p",
  inputs: {},
  schema: {},
  cwd,
  outputFolder: cwd,
  limits: { timeoutMs: 1_000, stallMs: 1_000, maxOutputBytes: 1_000 },
  signal: new AbortController().signal,
  onLine: () => undefined,
});
