import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { oneLine } from "../../core/text.ts";
import type { WorkspaceRecipe } from "../../stage/workspace/workspace-settings.ts";
import {
  allowedEnvironment,
  ATTEMPT_VARIABLE,
  type Environment,
} from "../shared/process/environment.ts";
import { killLeftovers } from "../shared/process/attempt-record.ts";
import { findProgram } from "../shared/process/find-program.ts";
import type { ProcessEnd } from "../shared/process/run-process.ts";
import { runRecorded } from "../shared/process/run-recorded.ts";
import { WorkspaceError } from "./failure.ts";

/** Variables by which package tools are told of a cache, and its folder below ours: what one workspace fetched, the next has. */
const CACHES: Readonly<Record<string, string>> = {
  npm_config_cache: "npm",
  npm_config_store_dir: "pnpm",
  YARN_CACHE_FOLDER: "yarn",
  PIP_CACHE_DIR: "pip",
  UV_CACHE_DIR: "uv",
  GOMODCACHE: "go-mod",
  COMPOSER_CACHE_DIR: "composer",
};

const MAX_OUTPUT = 64 * 2 ** 20;
const TAIL = 2_000;
const GRACE_MS = 2_000;

export interface Installation {
  readonly recipe: WorkspaceRecipe;
  readonly project: string;
  /** Shared by all workspaces, and written by install commands only. */
  readonly cache: string;
  readonly ports: readonly number[];
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Folder for what is known of its processes; made here, and gone when they are. */
  readonly record: string;
}

/** Where it is known of a workspace what its install command started. */
export const installFolder = (own: string, id: string): string => path.join(own, `${id}.install`);

/** End what an install command left running whose process of ours died. Nobody may be at it now. */
export async function endInstall(own: string, id: string): Promise<void> {
  const folder = installFolder(own, id);
  await killLeftovers(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Run the recipe's command in a fresh clone; when this resolves, nothing that it started is alive. */
export async function install(installation: Installation): Promise<void> {
  const { recipe, project, env, record } = installation;
  const [name, ...args] = recipe.install;
  if (name === undefined) return;
  const program = await findProgram(name, env["PATH"], project);
  if (!program.found) throw failed(recipe, program.reason);
  const tag = randomBytes(16).toString("hex");
  let tail = "";
  const keep = (chunk: Uint8Array): Promise<void> => {
    tail = (tail + Buffer.from(chunk).toString("utf8")).slice(-TAIL);
    return Promise.resolve();
  };
  const { timeoutMs } = recipe;
  await mkdir(record, { mode: 0o700 });
  const { end } = await runRecorded(
    {
      file: program.file,
      args,
      cwd: project,
      env: { ...environment(installation), [ATTEMPT_VARIABLE]: tag },
      tag,
      input: "",
      limits: { timeoutMs, stallMs: timeoutMs, maxOutputBytes: MAX_OUTPUT },
      signal: installation.signal,
      graceMs: GRACE_MS,
    },
    record,
    { sinks: { stdout: keep, stderr: keep }, close: () => Promise.resolve() },
    Date.now,
  );
  await rm(record, { recursive: true, force: true });
  if (!end) throw failed(recipe, "its processes can't be followed");
  if (end.stopped === "canceled") throw new WorkspaceError("canceled", "The run was stopped.");
  if (end.stopped === "timeout" || end.stopped === "stalled")
    throw new WorkspaceError("timeout", `${shown(recipe)} took longer than ${timeoutMs / 1000} s.`);
  if (end.exitCode !== 0 || end.stopped !== undefined)
    throw failed(recipe, `${reasonOf(end)}: ${oneLine(tail.slice(-300), 300)}`);
}

const reasonOf = (end: ProcessEnd): string =>
  end.spawnError ?? end.stopped ?? end.exitSignal ?? `exit code ${end.exitCode}`;

const shown = ({ install: words }: WorkspaceRecipe): string => oneLine(words.join(" "), 80);

const failed = (recipe: WorkspaceRecipe, why: string): WorkspaceError =>
  new WorkspaceError("bootstrap-failed", `${shown(recipe)} failed: ${why}`);

/** What of the cache programs read when they run: Go compiles modules from where they were fetched to. */
const READ_LATER = "GOMODCACHE";

/** What programs in a workspace are told, and folders of the cache that they must be able to read. */
export function givenLater(
  { install: words }: WorkspaceRecipe,
  cache: string,
  ports: readonly number[],
): { readonly env: Readonly<Record<string, string>>; readonly readable: readonly string[] } {
  const folder = CACHES[READ_LATER];
  if (words.length === 0 || folder === undefined)
    return { env: portVariables(ports), readable: [] };
  const modules = path.join(cache, folder);
  return { env: { ...portVariables(ports), [READ_LATER]: modules }, readable: [modules] };
}

function environment({ recipe, cache, ports, env }: Installation): Record<string, string> {
  const caches = Object.entries(CACHES).map(([name, folder]) => [name, path.join(cache, folder)]);
  const given = { ...Object.fromEntries(caches), ...portVariables(ports) };
  return allowedEnvironment({ passEnv: recipe.passEnv, env: given }, env);
}

/** How programs in a workspace are told of its ports. */
const portVariables = (ports: readonly number[]): Readonly<Record<string, string>> =>
  Object.fromEntries(ports.map((port, index) => [`WAVEGATE_PORT_${index + 1}`, String(port)]));
