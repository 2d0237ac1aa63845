import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { SUCCESS, readsOutput } from "../../execution/expectation.ts";
import type { Placed, ProgramStart, Sandbox } from "../../ports/sandbox.ts";
import type { CheckRequest, CheckResult } from "../../ports/verifier.ts";
import type { MakeFilter } from "../shared/output/output-file.ts";
import { killLeftovers } from "../shared/process/attempt-record.ts";
import {
  allowedEnvironment,
  ATTEMPT_VARIABLE,
  type Environment,
} from "../shared/process/environment.ts";
import { findProgram } from "../shared/process/find-program.ts";
import { runRecorded } from "../shared/process/run-recorded.ts";
import { openCheckOutput } from "./check-output.ts";
import { judgeCheck, notRun, type Seen } from "./judge-check.ts";

export interface CheckSettings {
  readonly env: Environment;
  readonly passEnv: readonly string[];
  readonly sandbox: Sandbox | undefined;
  readonly makeFilter: MakeFilter;
  readonly maxOutputBytes: number;
  readonly graceMs: number;
  readonly now: () => number;
}

/** No terminal, no colours, no questions; test runners don't go on watching. */
const PLAIN: Readonly<Record<string, string>> = {
  CI: "true",
  NO_COLOR: "1",
  TERM: "dumb",
  GIT_TERMINAL_PROMPT: "0",
};

/** A place for it, or why it must not be started. */
type Start =
  | {
      readonly start: ProgramStart;
      readonly wrapped: boolean;
      readonly unprotected: string | undefined;
      readonly release: () => Promise<void>;
    }
  | CheckResult;

/** One check, from ending what a worker that died left of it, to its result. */
export async function runCheck(
  request: CheckRequest,
  settings: CheckSettings,
): Promise<CheckResult> {
  if (request.signal.aborted) return notRun("canceled", "It was stopped before it began.");
  await killLeftovers(request.outputFolder);
  const tag = randomBytes(16).toString("hex");
  const placed = await placeCheck(request, settings, tag);
  if ("outcome" in placed) return placed;
  try {
    const seen = await runPlaced(request, settings, { ...placed, tag });
    const { unprotected } = placed;
    return {
      ...judgeCheck(request, seen),
      ...(unprotected !== undefined && { unprotected }),
    };
  } finally {
    await placed.release();
  }
}

/** Here-strings, process substitution and `[[`, which `sh` need not have. */
const shellFor = (command: string): string =>
  /<<<|<\(|(?:^|\s)\[\[\s/.test(command) ? "bash" : "sh";

async function placeCheck(
  { workspace, command, expects = SUCCESS }: CheckRequest,
  { env, passEnv, sandbox }: CheckSettings,
  tag: string,
): Promise<Start> {
  const { folder, project, readable } = workspace;
  if (!(await isFolder(project))) return notRun("no-workspace", `The folder ${project} is gone.`);
  const shell = await findProgram(shellFor(command), env["PATH"], "/");
  if (!shell.found) return notRun("no-program", `There is no shell: ${shell.reason}.`);
  const outer = env[ATTEMPT_VARIABLE];
  const given = {
    ...PLAIN,
    ...workspace.env,
    [ATTEMPT_VARIABLE]: outer === undefined ? tag : `${outer}:${tag}`,
  };
  const script = readsOutput(expects) ? command : `exec 2>&1\n${command}`;
  const start: ProgramStart = {
    file: shell.file,
    args: ["-c", script],
    cwd: project,
    env: allowedEnvironment({ passEnv, env: given }, env),
  };
  const outside = { start, wrapped: false, release: async () => {} };
  if (!sandbox) return { ...outside, unprotected: undefined };
  const placed: Placed = await sandbox.place({
    start,
    clone: { folder, writable: true, readable },
    writable: [],
    readable: [],
    network: false,
  });
  switch (placed.kind) {
    case "inside":
      return {
        ...placed,
        start: withOwnTemporary(placed.start),
        wrapped: true,
        unprotected: undefined,
      };
    case "outside":
      return { ...outside, unprotected: placed.reason };
    case "refused":
      return notRun("no-sandbox", `Not without a sandbox: ${placed.reason}. ${placed.hint}`);
  }
}

/** In a sandbox temporary files go to its own /tmp, wherever the user has them. */
function withOwnTemporary(start: ProgramStart): ProgramStart {
  const { TMPDIR: _, ...env } = start.env;
  return { ...start, env };
}

async function runPlaced(
  { workspace, outputFolder, onLine, expects = SUCCESS, timeoutMs, signal }: CheckRequest,
  { makeFilter, maxOutputBytes, graceMs, now }: CheckSettings,
  { start, wrapped, tag }: Exclude<Start, CheckResult> & { readonly tag: string },
): Promise<Seen> {
  const apart = readsOutput(expects);
  const output = await openCheckOutput({ workspace, outputFolder, onLine }, makeFilter, apart);
  const startedAt = performance.now();
  const plan = {
    ...start,
    wrapped,
    tag,
    input: "",
    limits: { timeoutMs, stallMs: timeoutMs, maxOutputBytes },
    signal,
    graceMs,
  };
  const ran = await runRecorded(plan, outputFolder, output, now);
  return {
    ...ran,
    durationMs: Math.round(performance.now() - startedAt),
    log: output.log,
    lines: output.lines(),
    printed: output.printed(),
  };
}

const isFolder = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
