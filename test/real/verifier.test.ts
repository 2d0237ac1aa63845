/** Commands over the work of others, as real processes: what they may see, how they end, what is kept of them. */
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createRedactor } from "../../src/adapters/artifacts/redactor.ts";
import { bootId } from "../../src/adapters/shared/process/attempt-record.ts";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import {
  createVerifier,
  type VerifierOptions,
} from "../../src/adapters/verifier/create-verifier.ts";
import type { CheckRequest } from "../../src/ports/verifier.ts";
import { noSandbox, sandboxIn } from "./sandbox-fixture.ts";

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-verifier-")));
const clone = path.join(folder, "clones", "one");
for (const each of ["project/.wavegate", "home", "objects", "clones/one"])
  mkdirSync(path.join(folder, each), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = "sk-verifier-9f8e7d6c5b4a";
const env = { ...process.env, HOME: path.join(folder, "home"), MY_API_KEY: SECRET, SHOWN: "yes" };
const redactor = createRedactor({ env });
const options = (more: Partial<VerifierOptions> = {}): VerifierOptions => ({
  env,
  makeFilter: () => redactor.stream(),
  graceMs: 100,
  ...more,
});

let count = 0;
function request(command: string, more: Partial<CheckRequest> = {}): CheckRequest {
  const outputFolder = path.join(folder, "project", ".wavegate", `check-${++count}`);
  mkdirSync(outputFolder);
  return {
    workspace: {
      runId: "run-1",
      task: "1.1",
      attempt: 1,
      base: "0".repeat(40),
      mode: "write",
      id: "one",
      folder: clone,
      project: clone,
      objects: path.join(folder, "objects"),
      ports: [20_001],
      env: { WAVEGATE_PORT_1: "20001" },
      readable: [path.join(folder, "objects")],
    },
    name: "VERIFY 1",
    command,
    timeoutMs: 20_000,
    outputFolder,
    signal: new AbortController().signal,
    onLine: () => {},
    ...more,
  };
}
const run = (
  command: string,
  more: Partial<CheckRequest> = {},
  with_: Partial<VerifierOptions> = {},
) => createVerifier(options(with_)).run(request(command, more));
const gone = (pid: number) => {
  const info = processInfo(pid);
  return info === undefined || info.zombie;
};

describe.skipIf(process.platform !== "linux")("a check", () => {
  test("passes, fails, or shows what is expected of it, with what it printed in order", async () => {
    expect(await run("echo one; echo two >&2; echo three")).toMatchObject({
      outcome: "passed",
      exit: 0,
      shown: "exit code 0: three",
      tail: ["one", "two", "three"],
    });
    const failed = await run("echo '2 tests failed'; exit 3");
    expect(failed).toMatchObject({
      outcome: "failed",
      reason: "unexpected",
      exit: 3,
      shown: "exit code 3: 2 tests failed",
    });
    expect(readFileSync(failed.log ?? "", "utf8")).toBe("2 tests failed\n");
    const counted = { expects: { kind: "number", is: ">=", value: 2 } } as const;
    expect(await run("echo warning >&2; echo 2; echo late >&2", counted)).toMatchObject({
      outcome: "passed",
      shown: "exit code 0: 2",
    });
    expect(await run("grep -c one <<< one", counted)).toMatchObject({ outcome: "failed", exit: 0 });
    expect(await run("ls old", { expects: { kind: "failure" } })).toMatchObject({
      outcome: "passed",
    });
  });

  test("what is missing on this machine is not run; what is missing in the work has failed", async () => {
    expect(await run("no-such-tool --version")).toMatchObject({
      outcome: "not-run",
      reason: "no-program",
      exit: 127,
      shown: "no-such-tool is not installed here.",
    });
    expect(await run("./check.sh")).toMatchObject({ outcome: "failed", exit: 127 });
    expect(await run("true", {}, { env: { PATH: "/nowhere" } })).toMatchObject({
      outcome: "not-run",
      reason: "no-program",
      log: null,
    });
    const { workspace } = request("true");
    const elsewhere = { workspace: { ...workspace, project: path.join(folder, "gone") } };
    expect(await run("true", elsewhere)).toMatchObject({
      outcome: "not-run",
      reason: "no-workspace",
    });
  });

  test("it sees of the user's variables only what it may, and no secret is kept or shown", async () => {
    const lines: string[] = [];
    const told = await run(
      "echo \"$WAVEGATE_PORT_1 $CI [$SHOWN] [$MY_API_KEY]\"; printf '\\033[31mred\\033[0m\\n'",
      { onLine: (line) => lines.push(line) },
      { passEnv: ["SHO*"] },
    );
    expect(told.tail).toEqual(["20001 true [yes] []", "red"]);
    const leaked = await run(`echo key ${SECRET}; exit 1`, { onLine: (line) => lines.push(line) });
    expect(leaked.shown).toBe("exit code 1: key [redacted]");
    expect(JSON.stringify([lines, leaked])).not.toContain(SECRET);
    expect(readFileSync(leaked.log ?? "", "utf8")).not.toContain(SECRET);
  });

  test("of what failed it is told what and why, with paths from the project on; all of it stays in the log", async () => {
    const failed = await run(
      `printf 'not ok 1 - shares cents\\n  ---\\n  location: %s\\n  error: \\033[31mkey ${SECRET}\\033[0m is wrong\\n  ...\\n' "$PWD/test/money.test.js:5:3"
       yes 'ok 2 - fine' | head -20000; echo '# duration_ms 9'; exit 1`,
    );
    expect(failed).toMatchObject({
      shown: "exit code 1: not ok 1 - shares cents: error: key [redacted] is wrong",
      tail: [
        "not ok 1 - shares cents",
        "error: key [redacted] is wrong",
        "location: test/money.test.js:5:3",
      ],
    });
    const log = readFileSync(failed.log ?? "", "utf8");
    expect(log).toContain(`location: ${clone}/test/money.test.js:5:3\n`);
    expect(log).toMatch(/# duration_ms 9\n$/);
    const passed = await run("echo '# pass 2'; echo '# duration_ms 9'");
    expect(passed.shown).toBe("exit code 0: # pass 2");
  });

  test("time, output and a person's stop end it with all that it started", async () => {
    const pids = path.join(clone, "pids");
    const spread = `sleep 300 & echo $! > ${pids}; setsid sleep 300 & echo $! >> ${pids}; wait`;
    const late = await run(spread, { timeoutMs: 400 });
    expect(late).toMatchObject({ outcome: "failed", reason: "timeout", exit: null });
    const stop = new AbortController();
    const stopped = run(`echo ready; ${spread}`, {
      signal: stop.signal,
      onLine: () => stop.abort(),
    });
    expect(await stopped).toMatchObject({ outcome: "not-run", reason: "canceled" });
    const left = readFileSync(pids, "utf8").trim().split("\n").map(Number);
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter((pid) => !gone(pid))).toEqual([]);
    // It ended well, and left something running.
    await run(`sleep 300 & echo $! > ${pids}`);
    expect(gone(Number(readFileSync(pids, "utf8")))).toBe(true);
    const loud = await run("yes", {}, { maxOutputBytes: 100_000 });
    expect(loud).toMatchObject({ outcome: "failed", reason: "output-limit" });
    expect(readFileSync(loud.log ?? "").length).toBe(100_000);
    expect(loud.tail).toHaveLength(40);
  });

  test("what a worker that died left of it is ended before it runs again", async () => {
    const tag = "0123456789abcdef".repeat(2);
    const left = spawn("sleep", ["300"], {
      env: { ...env, WAVEGATE_ATTEMPT: tag },
      detached: true,
    });
    const again = request("true");
    const record = { tag, startedAt: new Date().toISOString(), bootId: bootId() };
    writeFileSync(path.join(again.outputFolder, "attempt.json"), JSON.stringify(record));
    expect(await createVerifier(options()).run(again)).toMatchObject({ outcome: "passed" });
    expect(gone(left.pid ?? 0)).toBe(true);
  });
});

describe.skipIf(noSandbox !== undefined)("in a sandbox a check", () => {
  test("changes its clone alone, sees no project, no network outside, and runs tools of PATH", async () => {
    const sandbox = sandboxIn(folder, {}, { env });
    const told = await run(
      `echo made > inside.txt; ls ${path.join(folder, "project")} >/dev/null 2>&1 && echo project
       node -e 'require("node:net").createServer().listen(0, "localhost", function () { console.log("listens"); this.close(); })'
       node -e 'fetch("http://192.0.2.1").catch(() => console.log("no network"))'
       echo x > ${path.join(folder, "out.txt")}; git --version >/dev/null && echo git`,
      {},
      { sandbox },
    );
    expect(told.tail.filter((line) => !/read-only|directory/i.test(line))).toEqual([
      "listens",
      "no network",
      "git",
    ]);
    expect(told).toMatchObject({ outcome: "passed" });
    expect(told.unprotected).toBeUndefined();
    expect(readFileSync(path.join(clone, "inside.txt"), "utf8")).toBe("made\n");
    expect(existsSync(path.join(folder, "out.txt"))).toBe(false);
  });
});

test("a sandbox that is required and not there means not run, one that is preferred is told of", async () => {
  const missing = { ok: false, error: { reason: "there is none", hint: "Install it." } } as const;
  const bubblewrap = () => Promise.resolve(missing);
  const required = sandboxIn(folder, { mode: "required" }, { bubblewrap });
  expect(await run("true", {}, { sandbox: required })).toMatchObject({
    outcome: "not-run",
    reason: "no-sandbox",
    shown: "Not without a sandbox: there is none. Install it.",
  });
  const preferred = sandboxIn(folder, {}, { bubblewrap });
  expect(await run("true", {}, { sandbox: preferred })).toMatchObject({
    outcome: "passed",
    unprotected: "there is none",
  });
});
