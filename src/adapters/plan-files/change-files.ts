import { constants } from "node:fs";
import { access, lstat, mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../core/disk-error.ts";
import { WavegateError } from "../../core/error.ts";
import { err, ok, type Result } from "../../core/result.ts";
import type { NewText, PlanChange, PlanFile } from "../../ports/plan-files.ts";
import { digestOf } from "../shared/digest.ts";
import { isMissing, onDisk } from "../shared/disk-error.ts";
import { removeLeftovers } from "../shared/project-lock.ts";
import { prepareWrite, type PreparedWrite } from "../shared/write-atomic.ts";
import { isInside, outside, readText, type ReadText } from "./read-text.ts";

type Outcome<T> = Result<T, WavegateError>;

/** How often an edit is made anew because somebody who knows no locks, such as an editor, saved meanwhile. */
const MAX_TRIES = 5;
const NEW_FILE_MODE = 0o644;

/** Make a change of files. The caller holds the locks. */
export async function changeFiles(
  root: string,
  change: PlanChange,
): Promise<Outcome<readonly PlanFile[]>> {
  for (let tries = 1; ; tries++) {
    const made = await tryOnce(root, change);
    const again = !made.ok && made.error.cause === MEANWHILE && tries < MAX_TRIES;
    if (!again) return made;
  }
}

/** A file as it was read under the lock. */
interface Held {
  readonly path: string;
  readonly target: string;
  readonly was: ReadText | undefined;
}

async function tryOnce(root: string, change: PlanChange): Promise<Outcome<readonly PlanFile[]>> {
  const held = new Map<string, Held>();
  const now = new Map<string, PlanFile>();
  for (const { path: file, expected } of change.files) {
    const read = await hold(root, file);
    if (!read.ok) return read;
    const { was } = read.value;
    const digest = was && digestOf(was.bytes);
    if (expected !== undefined && digest !== expected) return err(changed(file, was === undefined));
    held.set(file, read.value);
    if (was && digest !== undefined) now.set(file, { path: file, text: was.text, digest });
  }
  const edited = change.edit(now);
  if (!edited.ok) return edited;
  const writes = edited.value.filter(({ path: file, text }) => now.get(file)?.text !== text);
  return write(writes, held);
}

async function hold(root: string, file: string): Promise<Outcome<Held>> {
  const absolute = path.resolve(root, file);
  const read = await readText(root, absolute, file);
  if (read) return read.ok ? ok({ path: file, target: read.value.real, was: read.value }) : read;
  const target = await realOfMissing(absolute);
  if (target === undefined)
    return err(
      new WavegateError("PROJECT_NOT_WRITABLE", `${file} is a link to something missing.`, {
        hint: "Remove the link, then try again.",
        place: { file },
      }),
    );
  return isInside(root, target)
    ? ok({ path: file, target, was: undefined })
    : err(outside(file, target));
}

/** Where a file that isn't there would be: the nearest folder that is, and the rest of the names. */
async function realOfMissing(file: string): Promise<string | undefined> {
  const there = await lstat(file).catch(() => undefined);
  if (there?.isSymbolicLink()) return undefined;
  const folder = path.dirname(file);
  const real = await realpath(folder).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined;
    throw cause;
  });
  const above = real ?? (folder === file ? undefined : await realOfMissing(folder));
  return above === undefined ? undefined : path.join(above, path.basename(file));
}

async function write(
  writes: readonly NewText[],
  held: ReadonlyMap<string, Held>,
): Promise<Outcome<readonly PlanFile[]>> {
  const prepared: PreparedWrite[] = [];
  const written: PlanFile[] = [];
  try {
    await clearFolders(writes, held);
    for (const { path: file, text } of writes) {
      const one = targetOf(file, held);
      const bytes = Buffer.from(text);
      prepared.push(await prepare(one, bytes));
      written.push({ path: file, text, digest: digestOf(bytes) });
    }
    for (const one of held.values()) await expectUnchanged(one);
    for (const one of prepared) await one.commit();
    return ok(written);
  } catch (cause) {
    await Promise.all(prepared.map((one) => one.discard()));
    if (cause instanceof WavegateError) return err(cause);
    throw cause;
  }
}

function targetOf(file: string, held: ReadonlyMap<string, Held>): Held {
  const one = held.get(file);
  if (!one) throw new Error(`${file} is not one of the files of the change`);
  return one;
}

/** Make the folders, and remove what killed writers left in them: before anything new comes into them. */
async function clearFolders(
  writes: readonly NewText[],
  held: ReadonlyMap<string, Held>,
): Promise<void> {
  for (const { path: file } of writes) {
    const folder = path.dirname(targetOf(file, held).target);
    await onDisk(file, undefined, async () => {
      await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
        if (["EEXIST", "ENOTDIR"].includes(systemCode(cause) ?? "")) throw noFolder(file, cause);
        throw cause;
      });
      await removeLeftovers(folder);
    });
  }
}

const noFolder = (file: string, cause: unknown): WavegateError =>
  new WavegateError(
    "PROJECT_NOT_WRITABLE",
    `${file} can't be made: a file is where its folder would be.`,
    {
      hint: "Move that file away.",
      place: { file },
      cause,
    },
  );

async function prepare({ path: file, target, was }: Held, bytes: Buffer): Promise<PreparedWrite> {
  // A rename asks for the folder's permission only.
  if (was) await onDisk(file, undefined, () => access(target, constants.W_OK));
  return prepareWrite(target, bytes, {
    mode: was ? was.mode : NEW_FILE_MODE & ~process.umask(),
    ...(was && { owner: was.owner }),
  });
}

/** The cause of an error that another try may get past. */
const MEANWHILE = "meanwhile";

async function expectUnchanged({ path: file, target, was }: Held): Promise<void> {
  const now = await readText(path.dirname(target), target, file);
  const bytes = now?.ok ? now.value.bytes : undefined;
  const same = was ? bytes?.equals(was.bytes) === true : now === undefined;
  if (!same) throw changed(file, now === undefined, MEANWHILE);
}

const changed = (file: string, gone: boolean, cause?: string): WavegateError =>
  new WavegateError(
    "PLAN_CHANGED",
    gone ? `${file} isn't there any more.` : `${file} was changed by somebody else.`,
    {
      hint: "Run the command again: it works on the file as it is now.",
      place: { file },
      cause,
    },
  );
