import { randomBytes } from "node:crypto";
import { err, ok, type Result } from "../../../core/result.ts";
import type { ProgramStart, Sandbox, SandboxClone } from "../../../ports/sandbox.ts";
import { filesNamed } from "../shared/process/files-named.ts";
import { openProcess } from "../../shared/process/open-process.ts";
import { openConnection, type AcpConnection } from "./connection.ts";
import type { Failed } from "./conversation.ts";

export interface AgentStart {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The environment of a process with these tags of attempts, `:` between. */
  readonly env: (tags: string) => Readonly<Record<string, string>>;
  /** Tags of attempts this process itself runs in. */
  readonly outerTags: string | undefined;
  readonly maxMemoryBytes: number | undefined;
  readonly sandbox: Sandbox | undefined;
  /** Existing folders it may change, and files it must be able to read, in a sandbox. */
  readonly writable: readonly string[];
  readonly readable: readonly string[];
  /** Where it carries out a task. */
  readonly clone?: SandboxClone;
  /** Whether it is to read and write files itself, as it does in a sandbox. */
  readonly ownFiles?: boolean;
  /** What to say of a program that the system cannot start, by the system's code. */
  readonly notStarted: (code: string) => Failed;
  /** Called with the tag before anything is started, so that a record of it is there first. */
  readonly before: (tag: string) => Promise<void>;
}

/** Start an agent's program, in its sandbox if it has one, and begin to speak with it; or why it was not started. */
export async function startAgent(start: AgentStart): Promise<Result<AcpConnection, Failed>> {
  const tag = randomBytes(16).toString("hex");
  const tags = start.outerTags === undefined ? tag : `${start.outerTags}:${tag}`;
  await start.before(tag);
  const { file, args, cwd } = start;
  const placed = await place(start, { file, args, cwd, env: start.env(tags) });
  if (!placed.ok) return placed;
  const { release, wrapped } = placed.value;
  let connection: AcpConnection | undefined;
  const program = await openProcess(
    { ...placed.value.start, tag, wrapped },
    start.maxMemoryBytes,
    () => connection?.tooMuchMemory(),
  );
  if (typeof program === "string") {
    await release();
    return err(start.notStarted(program));
  }
  const opened = await openConnection(program, tag, { files: !wrapped && start.ownFiles !== true });
  connection = {
    ...opened,
    async end(graceMs) {
      const ended = await opened.end(graceMs);
      await release();
      return ended;
    },
  };
  return ok(connection);
}

interface InPlace {
  readonly start: ProgramStart;
  readonly wrapped: boolean;
  /** To be called once, when every process is gone. */
  readonly release: () => Promise<void>;
}

async function place(
  { sandbox, writable, readable, clone }: AgentStart,
  start: ProgramStart,
): Promise<Result<InPlace, Failed>> {
  const placed = await sandbox?.place({
    start,
    writable,
    readable: [...readable, ...filesNamed(start.args, start.cwd)],
    network: true,
    ...(clone && { clone }),
  });
  if (placed?.kind === "inside") return ok({ ...placed, wrapped: true });
  if (placed?.kind !== "refused") return ok({ start, wrapped: false, release: async () => {} });
  const message = `was not started without a sandbox: ${placed.reason}. ${placed.hint}`;
  return err({ kind: "not-installed", message });
}
