import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Result } from "../../../core/result.ts";
import type { ProgramStart, Sandbox } from "../../../ports/sandbox.ts";
import type { Bubblewrap, NoBubblewrap } from "../bubblewrap.ts";
import { createSandbox } from "../create-sandbox.ts";
import { plantBattery, type Planted } from "./plant-battery.ts";

/** What came of one way to get out of the sandbox. */
export interface EscapeAttempt {
  /** In words: "write outside". */
  readonly name: string;
  /** `failed`: what should work inside does not. */
  readonly outcome: "held" | "escaped" | "not tried" | "failed";
  readonly detail: string;
}

/** The whole of it, in milliseconds. */
const TIME_LIMIT_MS = 20_000;
const DAEMON = "leave a process behind";

export interface BatteryOptions {
  readonly bubblewrap: () => Promise<Result<Bubblewrap, NoBubblewrap>>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Try to escape from a sandbox as agents have it, on this machine (F-22): a program inside tries everything that was planted
 * outside, and what it did is compared with what happened here. Needs a working bubblewrap. Leaves nothing behind.
 */
export async function runBattery(options: BatteryOptions): Promise<readonly EscapeAttempt[]> {
  const planted = await plantBattery();
  try {
    const sandbox = createSandbox({
      settings: {
        mode: "required",
        endpoints: [planted.model.url],
        read: [],
        write: [],
        hide: [],
      },
      preset: "claude",
      env: { PATH: options.env["PATH"], ...planted.userEnv },
      project: planted.project,
      stateFolder: planted.stateFolder,
      bubblewrap: options.bubblewrap,
    });
    return await tryIn(sandbox, planted);
  } finally {
    await planted.remove();
  }
}

async function tryIn(sandbox: Sandbox, planted: Planted): Promise<readonly EscapeAttempt[]> {
  const start: ProgramStart = {
    file: process.execPath,
    args: ["--input-type=module", "--eval", probeText(), "--", JSON.stringify(planted.told)],
    cwd: planted.project,
    env: planted.passedEnv,
  };
  const placed = await sandbox.place({
    start,
    writable: [planted.attempt],
    readable: [],
    network: true,
  });
  if (placed.kind !== "inside") {
    const reason = placed.reason ?? "no sandbox is wanted";
    return [{ name: "make a sandbox", outcome: "failed", detail: reason }];
  }
  try {
    const said = await run(placed.start);
    return [
      ...said.attempts
        .filter(({ name }) => name !== DAEMON)
        .map((each) => confirmed(each, planted)),
      await daemonGone(planted.told.daemon),
      ...(planted.wasInside() ? [] : [notRun(said.errors)]),
    ];
  } finally {
    await placed.release();
  }
}

/** What the program says about itself is not enough: what it must not have changed is looked at here. */
function confirmed(attempt: EscapeAttempt, planted: Planted): EscapeAttempt {
  if (attempt.outcome !== "held") return attempt;
  const seen = planted.happened();
  const contradicts =
    (attempt.name.startsWith("write") && seen.changed) ||
    (attempt.name.startsWith("reach") && seen.reached) ||
    (attempt.name.startsWith("find the key") && !seen.keyArrived);
  if (!contradicts) return attempt;
  const keyLess = attempt.name.startsWith("find the key");
  return keyLess
    ? { ...attempt, outcome: "failed", detail: "the model was asked without its key" }
    : { ...attempt, outcome: "escaped", detail: "what was planted outside was touched" };
}

const notRun = (errors: string): EscapeAttempt => ({
  name: "finish in time",
  outcome: "failed",
  detail: errors.trim().split("\n").at(-1) ?? "",
});

async function run(
  start: ProgramStart,
): Promise<{ readonly attempts: readonly EscapeAttempt[]; readonly errors: string }> {
  const child = spawn(start.file, start.args, {
    cwd: start.cwd,
    env: start.env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => (text.out += chunk.toString("utf8")));
  child.stderr.on("data", (chunk: Buffer) => (text.err += chunk.toString("utf8")));
  child.on("error", (error) => (text.err += error.message));
  const timer = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT_MS);
  await once(child, "close").catch(() => undefined);
  clearTimeout(timer);
  return { attempts: text.out.split("\n").flatMap(attemptIn), errors: text.err };
}

const OUTCOMES = ["held", "escaped", "not tried", "failed"] as const;

function attemptIn(line: string): readonly EscapeAttempt[] {
  try {
    const { name, outcome, detail } = JSON.parse(line);
    const known = OUTCOMES.find((each) => each === outcome);
    return known === undefined
      ? []
      : [{ name: String(name), outcome: known, detail: String(detail) }];
  } catch {
    return [];
  }
}

/** Nothing of it lives on: within a second, as all else that Wavegate starts. */
async function daemonGone(token: string): Promise<EscapeAttempt> {
  const deadline = performance.now() + 1_000;
  let left = processesWith(token);
  while (left > 0 && performance.now() < deadline) {
    await wait(20);
    left = processesWith(token);
  }
  return left === 0
    ? { name: DAEMON, outcome: "held", detail: "gone with the sandbox" }
    : { name: DAEMON, outcome: "escaped", detail: `${left} processes live on` };
}

const processesWith = (token: string): number =>
  readdirSync("/proc").filter((pid) => {
    try {
      const words = readFileSync(`/proc/${Number(pid)}/cmdline`, "latin1").split("\0");
      return words.includes(token);
    } catch {
      return false;
    }
  }).length;

const probeText = (): string => {
  const built = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(`inside-probe.${built ? "js" : "ts"}`, import.meta.url));
  return readFileSync(file, "utf8");
};
