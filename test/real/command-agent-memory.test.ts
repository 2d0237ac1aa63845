/** Memory and time of an agent's processes (ST-18): seen, recorded, and limited over the whole tree. Linux only: elsewhere nothing is known. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import { agentOf, failureOf, requestIn } from "./command-agent-fixture.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-memory-"));
  for (const name of ["project", "output"]) mkdirSync(path.join(folder, name));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 2 ** 20;
const limited = (maxMemoryBytes?: number) =>
  requestIn(folder, path.join(folder, "output"), {
    limits: {
      timeoutMs: 60_000,
      stallMs: 60_000,
      maxOutputBytes: MIB,
      ...(maxMemoryBytes !== undefined && { maxMemoryBytes }),
    },
  });
const node = (script: string) => agentOf({ command: [process.execPath, "--eval", script] });

/** Takes 8 MiB more every few milliseconds, and never gives it back. */
const GREEDY = `const kept = []; setInterval(() => kept.push(Buffer.alloc(${8 * MIB}, 1)), 5);`;

const elsewhere = process.platform !== "linux";

test.skipIf(elsewhere)(
  "past its limit a program is stopped, and its children with it",
  async () => {
    // The memory is the child's, which left the group: it counts, and it goes.
    const script = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["--eval", ${JSON.stringify(GREEDY)}], { detached: true, stdio: "ignore" });
    require("node:fs").writeFileSync("pid", String(child.pid));
    setInterval(() => {}, 1000);`;
    const failure = failureOf(await node(script).run(limited(300 * MIB)));
    expect(failure.kind).toBe("out-of-memory");
    expect(failure.message).toMatch(/its processes held \d+ MiB of memory, more than 300 MiB/);
    expect(failure.resources?.peakMemoryBytes).toBeGreaterThan(300 * MIB);
    const pid = Number(readFileSync(path.join(folder, "project/pid"), "utf8"));
    const left = processInfo(pid);
    expect(left === undefined || left.zombie).toBe(true);
  },
);

test.skipIf(elsewhere)(
  "what a program took is recorded, and no more of it than there was",
  async () => {
    const script = `const kept = Buffer.alloc(${120 * MIB}, 1); const end = Date.now() + 600; while (Date.now() < end);
    console.log(JSON.stringify({ kept: kept.length }));`;
    const outcome = await node(script).run(limited(1_024 * MIB));
    const { peakMemoryBytes, cpuMs } = (outcome.ok && outcome.value.resources) || {};
    expect(peakMemoryBytes).toBeGreaterThan(120 * MIB);
    expect(peakMemoryBytes).toBeLessThan(320 * MIB);
    expect(cpuMs).toBeGreaterThan(100);
  },
);

test.skipIf(elsewhere)("without a limit nothing is stopped", async () => {
  const script = `const kept = Buffer.alloc(${400 * MIB}, 1); setTimeout(() => console.log(JSON.stringify({ kept: kept.length })), 300);`;
  const outcome = await node(script).run(limited());
  expect(outcome.ok && outcome.value.value).toEqual({ kept: 400 * MIB });
});
