import { readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { companionsOf, findingsFolderOf, statusPathsOf } from "../../plan/places.ts";
import type {
  LoadedPlan,
  LoadedStatus,
  PlanChange,
  PlanFile,
  PlanFiles,
} from "../../ports/plan-files.ts";
import { digestOf } from "../shared/digest.ts";
import { withProjectLock } from "../shared/project-lock.ts";
import { changeFiles } from "./change-files.ts";
import { findPlans } from "./find-plans.ts";
import { withForeignLock } from "./foreign-lock.ts";
import { isInside, outside, readText } from "./read-text.ts";

export interface PlanFilesOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** Where paths that a person gives start. */
  readonly cwd: string;
  /** How long locks are waited for, in milliseconds. */
  readonly patienceMs?: number;
}

type Outcome<T> = Result<T, WavegateError>;

/** Longest list of files in a folder that is looked at. */
const MAX_NAMES = 10_000;
const PATIENCE_MS = 30_000;
const LEASE_MS = 10_000;
const STATUS_FILE = /(?:^|\/)status\.json$/;

/** Plans and status files on disk. */
export function createPlanFiles({
  root,
  cwd,
  patienceMs = PATIENCE_MS,
}: PlanFilesOptions): PlanFiles {
  const realRoot = () => realpath(root);
  const read = async (file: string): Promise<Outcome<PlanFile> | undefined> => {
    const found = await readText(await realRoot(), path.resolve(root, file), file);
    if (!found?.ok) return found;
    const { text, bytes } = found.value;
    return ok({ path: file, text, digest: digestOf(bytes) });
  };
  return {
    find: () => findPlans(root),
    named: (given) => nameOf(given, { root, cwd }),
    read,
    load: (file) => load(file, { root, read }),
    async change(change) {
      try {
        return await underLocks({ root: await realRoot(), patienceMs }, change);
      } catch (cause) {
        if (cause instanceof WavegateError) return err(cause);
        throw cause;
      }
    },
  };
}

async function nameOf(
  given: string,
  { root, cwd }: { readonly root: string; readonly cwd: string },
): Promise<Outcome<string>> {
  const absolute = path.resolve(cwd, given);
  const lies = isInside(root, absolute) || absolute === root;
  const there = lies ? absolute : await realpath(absolute).catch(() => absolute);
  const base = lies ? root : await realpath(root);
  if (!isInside(base, there) && there !== base) return err(outside(given, absolute));
  const about = await stat(there).catch(() => undefined);
  const tasks = path.join(there, "tasks.md");
  const inFolder = about?.isDirectory() === true && (await stat(tasks).catch(() => undefined));
  const file = path
    .relative(base, inFolder ? tasks : there)
    .split(path.sep)
    .join("/");
  return ok(file === "" ? "." : file);
}

interface Reader {
  readonly root: string;
  readonly read: (file: string) => Promise<Outcome<PlanFile> | undefined>;
}

async function load(file: string, reader: Reader): Promise<Outcome<LoadedPlan>> {
  const found = await reader.read(file);
  if (!found)
    return err(
      new WavegateError("PLAN_NOT_FOUND", `There is no plan ${file}.`, {
        hint: "Check the path; give the file that the plan is written in, or the folder of a tasks.md.",
        place: { file },
      }),
    );
  if (!found.ok) return found;
  const folder = path.posix.dirname(file);
  const beside = (await namesIn(reader.root, folder)).map((name) => path.posix.join(folder, name));
  const companions: PlanFile[] = [];
  const problems: WavegateError[] = [];
  for (const other of companionsOf(file, beside)) {
    const companion = await reader.read(other);
    if (companion?.ok) companions.push(companion.value);
    else if (companion) problems.push(companion.error);
  }
  return ok({ file: found.value, companions, problems, status: await loadStatus(file, reader) });
}

async function loadStatus(file: string, { root, read }: Reader): Promise<LoadedStatus | undefined> {
  const [first, ...others] = statusPathsOf(file);
  if (first === undefined) return undefined;
  for (const status of [first, ...others]) {
    const found = await read(status);
    if (!found) continue;
    return { path: status, file: found, findings: await namesIn(root, findingsFolderOf(status)) };
  }
  return { path: first, file: undefined, findings: await namesIn(root, findingsFolderOf(first)) };
}

async function namesIn(root: string, folder: string): Promise<readonly string[]> {
  const real = await realpath(path.join(root, folder)).catch(() => undefined);
  if (
    real === undefined ||
    (real !== (await realpath(root)) && !isInside(await realpath(root), real))
  )
    return [];
  const entries = await readdir(real, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .slice(0, MAX_NAMES)
    .map(({ name }) => name)
    .toSorted();
}

interface Locking {
  readonly root: string;
  readonly patienceMs: number;
}

async function underLocks(
  { root, patienceMs }: Locking,
  change: PlanChange,
): Promise<Outcome<readonly PlanFile[]>> {
  const held = async (locks: string) => {
    // Of a change's files one at most is a status file, so no two of these locks are ever waited for crosswise.
    const status = change.files.find(({ path: file }) => STATUS_FILE.test(file));
    const there = status && (await readText(root, path.resolve(root, status.path), status.path));
    if (!there?.ok) return changeFiles(root, change);
    const options = { record: path.join(locks, "plan-files.held"), patienceMs };
    return withForeignLock(there.value.real, options, () => changeFiles(root, change));
  };
  return withProjectLock(root, held, { patienceMs, leaseMs: LEASE_MS });
}
