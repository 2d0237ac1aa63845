import { randomBytes } from "node:crypto";
import { err, ok, type Result } from "../../../core/result.ts";
import type { Sandbox, SandboxClone } from "../../../ports/sandbox.ts";
import { placeProgram, spawnFailure } from "../shared/process/begin-program.ts";
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
  /** What to do when it is not there. */
  readonly install: string;
  /** Called with the tag before anything is started, so that a record of it is there first. */
  readonly before: (tag: string) => Promise<void>;
}

/** Start an agent's program, in its sandbox if it has one, and begin to speak with it; or why it was not started. */
export async function startAgent(start: AgentStart): Promise<Result<AcpConnection, Failed>> {
  const tag = randomBytes(16).toString("hex");
  const tags = start.outerTags === undefined ? tag : `${start.outerTags}:${tag}`;
  await start.before(tag);
  const { file, args, cwd } = start;
  const placed = await placeProgram(start.sandbox, {
    start: { file, args, cwd, env: start.env(tags) },
    writable: start.writable,
    readable: [...start.readable, ...filesNamed(args, cwd)],
    ...(start.clone && { clone: start.clone }),
  });
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
    return err(spawnFailure(program, start.install));
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
