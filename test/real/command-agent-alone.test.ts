/** The command agent in a process of its own: killed with agents running, and measured while they print too much. */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { killLeftovers } from "../../src/adapters/shared/process/attempt-record.ts";
import { endForsaken } from "../../src/adapters/shared/process/end-forsaken.ts";
import { processInfo } from "../../src/adapters/shared/process/process-survey.ts";
import type { ScriptStep } from "../../src/testing/scripted-agent/scripted-agent.ts";
import { buildCommandAgent } from "./command-agent-processes.ts";

const linux = process.platform === "linux";
const MIB = 1024 * 1024;

let folder = "";
let output = "";
let orchestrator = "";

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-command-alone-"));
  const built = buildCommandAgent(path.join(folder, "package"));
  orchestrator = path.join(folder, "package", "orchestrator.mjs");
  writeFileSync(
    orchestrator,
    `import { createCommandAgent } from ${JSON.stringify(built("adapters/agents/command/command-agent.ts"))};
     import { scriptedCommand } from ${JSON.stringify(built("testing/scripted-agent/scripted-agent.ts"))};
     const { steps, command, output, maxOutputBytes } = JSON.parse(process.argv[2]);
     const agent = (command) => createCommandAgent({ kind: "command", name: "alone", command }, { env: process.env, graceMs: 100 });
     const request = {
       runId: "r", stage: "s", role: "x", task: "analysis", prompt: "", inputs: {}, schema: {}, cwd: output, outputFolder: output,
       limits: { timeoutMs: 60000, stallMs: 60000, maxOutputBytes }, signal: new AbortController().signal,
     };
     const memory = () => process.resourceUsage().maxRSS * 1024;
     await agent(scriptedCommand([{ print: "{}" }])).run({ ...request, onLine() {} });
     const before = memory();
     const outcome = await agent(command ?? scriptedCommand(steps)).run({ ...request, onLine: (line) => steps && console.log(line) });
     console.log(JSON.stringify({ extra: memory() - before, outcome }));`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  output = mkdtempSync(path.join(folder, "output-"));
});

interface Task {
  readonly steps?: readonly ScriptStep[];
  readonly command?: readonly string[];
  readonly maxOutputBytes: number;
}
const argument = (task: Task) => JSON.stringify({ ...task, output });

const alive = (pid: number) => {
  const info = processInfo(pid);
  return info !== undefined && !info.zombie;
};

test.skipIf(!linux)(
  "what a killed orchestrator leaves running is found and killed later, and nothing else",
  async () => {
    const pidFile = path.join(output, "pids");
    const steps: ScriptStep[] = [
      { spawn: { steps: [{ forever: true }], daemon: true, pidFile } },
      { spawn: { steps: [{ forever: true }], pidFile } },
      { print: "ready" },
      { forever: true },
    ];
    const child = spawn(
      process.execPath,
      [orchestrator, argument({ steps, maxOutputBytes: MIB })],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await once(child.stdout, "data");
    // As long as it lives they are its own to end.
    expect(await endForsaken(folder)).toBe(0);
    child.kill("SIGKILL");
    await once(child, "exit");
    const record = JSON.parse(readFileSync(path.join(output, "attempt.json"), "utf8")) as {
      pid: number;
    };
    const started = readFileSync(pidFile, "utf8").trim().split("\n").map(Number);
    const pids = [record.pid, ...started];
    const bystander = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
    try {
      expect(pids.filter(alive)).toHaveLength(3);
      expect(await endForsaken(folder)).toBe(3);
      expect(pids.filter(alive)).toEqual([]);
      expect(alive(bystander.pid ?? 0)).toBe(true);
      expect(await killLeftovers(output)).toBe(0);
    } finally {
      bystander.kill("SIGKILL");
    }
  },
);

test.skipIf(!linux)("a record that names another process kills nobody (I-25)", async () => {
  const bystander = spawn("sleep", ["60"], { detached: true, stdio: "ignore" });
  const { pid = 0 } = bystander;
  const starttime = processInfo(pid)?.starttime ?? 0;
  const tag = "0".repeat(32);
  try {
    for (const record of [
      { tag, pid, starttime: starttime - 1 },
      { tag, pid, starttime: starttime + 1 },
      { tag, pid },
      { tag, pid, starttime, bootId: "another boot" },
      { tag, pid, starttime, endedAt: "2026-01-01T00:00:00Z" },
      { tag: "", pid, starttime },
      { tag, pid: -1, starttime: 0 },
      { tag, pid: 1, starttime: 0 },
      [],
    ]) {
      writeFileSync(path.join(output, "attempt.json"), JSON.stringify(record));
      expect(await killLeftovers(output)).toBe(0);
    }
    writeFileSync(path.join(output, "attempt.json"), '{"tag": "00');
    expect(await killLeftovers(output)).toBe(0);
    expect(await killLeftovers(path.join(output, "none"))).toBe(0);
    // Who waits for it is not known, or lives in another container.
    for (const by of [undefined, null, { pid: 1 }, { kernel: "00000000", pid: 1, start: "1" }]) {
      const record = { tag, pid, starttime, by };
      writeFileSync(path.join(output, "attempt.json"), JSON.stringify(record));
      expect(await endForsaken(folder)).toBe(0);
    }
    expect(alive(pid)).toBe(true);
  } finally {
    bystander.kill("SIGKILL");
  }
});

const measured = (task: Task) =>
  JSON.parse(
    execFileSync(process.execPath, [orchestrator, argument(task)], { encoding: "utf8" })
      .trim()
      .split("\n")
      .at(-1) ?? "",
  ) as {
    extra: number;
    outcome: { ok: boolean; error: { kind: string }; value: { outputBytes: number } };
  };

test("an agent that prints 1 GiB without a newline is stopped at the limit and costs less than 32 MiB (F-06)", () => {
  const command = ["/bin/sh", "-c", "head -c 1073741824 /dev/zero | tr '\\0' a"];
  const { extra, outcome } = measured({ command, maxOutputBytes: 64 * MIB });
  expect(outcome.error.kind).toBe("output-limit");
  expect(extra).toBeLessThan(32 * MIB);
});

test("256 MiB of lines that are kept cost less than 32 MiB, and so does reading the answer", () => {
  const command = [
    "/bin/sh",
    "-c",
    `yes 'one line of a log' | head -c ${256 * MIB}; echo; echo '{"a":1}'`,
  ];
  const { extra, outcome } = measured({ command, maxOutputBytes: 300 * MIB });
  expect(outcome.ok).toBe(true);
  expect(outcome.value.outputBytes).toBe(256 * MIB + 9);
  expect(extra).toBeLessThan(32 * MIB);
});
