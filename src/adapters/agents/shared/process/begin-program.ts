import { stat } from "node:fs/promises";
import { err, ok, type Result } from "../../../../core/result.ts";
import type { AgentFailure, AgentOutcome } from "../../../../ports/agent.ts";
import type { ProgramStart, Sandbox, SandboxRequest } from "../../../../ports/sandbox.ts";
import { findProgram } from "../../../shared/process/find-program.ts";
import { NO_USAGE } from "../usage.ts";

/** Why an attempt could not begin, as the end of a sentence that starts with the agent. */
export type NotBegun = Pick<AgentFailure, "kind" | "message">;

/** An attempt in which no program of the agent's ran, unless it is told what it used. */
export const notRun = (name: string, { kind, message }: NotBegun, usage = NO_USAGE): AgentOutcome =>
  err({ kind, message: `${name} ${message}`, usage, outputBytes: 0 });

/** The program's file, once the folder that it works in is there; `from` is where a relative name leads to, `install` what to do without it. */
export async function lookUpProgram(
  name: string,
  {
    cwd,
    from,
    env,
    install,
  }: {
    readonly cwd: string;
    readonly from: string;
    readonly env: Readonly<Record<string, string>>;
    readonly install: string;
  },
): Promise<Result<string, NotBegun>> {
  if (!(await isFolder(cwd)))
    return err({ kind: "crashed", message: `was not started: the folder ${cwd} is gone` });
  const program = await findProgram(name, env["PATH"], from);
  if (program.found) return ok(program.file);
  const message = `is not installed: ${program.reason}. ${install}`;
  return err({ kind: "not-installed", message });
}

const isFolder = (folder: string): Promise<boolean> =>
  stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );

export interface PlacedProgram {
  readonly start: ProgramStart;
  /** Its first two processes are the sandbox's. */
  readonly wrapped: boolean;
  /** To be called once, when every process is gone. */
  readonly release: () => Promise<void>;
}

/** The start in its sandbox, if it has one, with a way to its model. */
export async function placeProgram(
  sandbox: Sandbox | undefined,
  request: Omit<SandboxRequest, "network">,
): Promise<Result<PlacedProgram, NotBegun>> {
  const placed = await sandbox?.place({ ...request, network: true });
  if (placed?.kind === "inside") return ok({ ...placed, wrapped: true });
  if (placed?.kind !== "refused")
    return ok({ start: request.start, wrapped: false, release: async () => {} });
  const message = `was not started without a sandbox: ${placed.reason}. ${placed.hint}`;
  return err({ kind: "not-installed", message });
}

/** What the system's code says of a program that it did not start. */
export const spawnFailure = (code: string, install: string): NotBegun =>
  ["ENOENT", "EACCES", "ENOEXEC"].includes(code)
    ? {
        kind: "not-installed",
        message: `cannot be started (${code}): its interpreter or the program itself is missing. ${install}`,
      }
    : { kind: "crashed", message: `could not be started: the system said ${code}` };
