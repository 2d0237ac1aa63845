import path from "node:path";
import { oneLine } from "../../core/text.ts";
import type { DependencyAudit } from "../../ports/dependency-audit.ts";
import type { Audit, KnownHole } from "../../repository/model.ts";
import { runTool } from "./run-tool.ts";
import { TOOLS, type AuditTool } from "./tools.ts";

/** What a registry may take to answer for one lockfile. */
const TIMEOUT_MS = 60_000;
/** Lockfiles that are asked about; a repository of many packages has one for all of them, or very many. */
const MOST_LOCKFILES = 20;

export interface DependencyAuditOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** The user's environment: tools find their registry, proxy and certificates in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
}

/** Known holes of pinned packages, by the package managers' own tools, one lockfile after the other. */
export function createDependencyAudit(options: DependencyAuditOptions): DependencyAudit {
  return {
    async audit(lockfiles) {
      const asked: Audited[] = [];
      for (const { path: lockfile } of lockfiles.slice(0, MOST_LOCKFILES))
        asked.push(await auditOne(lockfile, options));
      const notes = asked.map(({ lockfile, note }) => `${lockfile}: ${note}`);
      if (lockfiles.length > MOST_LOCKFILES)
        notes.push(`${lockfiles.length - MOST_LOCKFILES} more lockfiles: not audited: too many`);
      const audit: Audit = {
        done: asked.length > 0 && asked.length === lockfiles.length && asked.every(isDone),
        note: notes.join("; ") || "not audited: no lockfile was found",
        holes: asked.flatMap(({ holes }) => holes ?? []),
      };
      return audit;
    },
  };
}

interface Audited {
  readonly lockfile: string;
  /** Undefined where it was not audited. */
  readonly holes: readonly KnownHole[] | undefined;
  readonly note: string;
}

const isDone = ({ holes }: Audited): boolean => holes !== undefined;

async function auditOne(
  lockfile: string,
  { root, env, timeoutMs = TIMEOUT_MS }: DependencyAuditOptions,
): Promise<Audited> {
  const failed = (why: string): Audited => ({
    lockfile,
    holes: undefined,
    note: `not audited: ${oneLine(why, 200)}`,
  });
  const tool: AuditTool | undefined = TOOLS[path.posix.basename(lockfile)];
  if (!tool) return failed("no tool is known for it");
  const ran = await runTool({
    program: tool.program,
    args: tool.args,
    cwd: path.join(root, path.posix.dirname(lockfile)),
    // a program of the project that is called like the tool is not the tool
    env: { ...env, npm_config_logs_max: "0", NoDefaultCurrentDirectoryInExePath: "1" },
    timeoutMs,
  });
  if (!ran.ok) return failed(ran.error);
  const answer = jsonIn(ran.value.stdout);
  const holes = tool.read(answer);
  if (!holes)
    return failed(
      tool.errorIn(answer) ??
        (ran.value.said === "" ? `${tool.name} gave no answer` : ran.value.said),
    );
  return {
    lockfile,
    holes: holes.map((hole) => ({ lockfile, ...hole })),
    note: `asked by ${tool.name}, ${holes.length === 1 ? "1 known hole" : `${holes.length} known holes`}`,
  };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
