import { constants } from "node:fs";
import { open, realpath, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { systemCode } from "../../core/disk-error.ts";
import { WavegateError } from "../../core/error.ts";
import { leadsOut } from "../../core/leads-out.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import { isMissing } from "../shared/disk-error.ts";
import { readBounded } from "./read-bounded.ts";
import { decodeText } from "./decode-text.ts";

/** Largest file that is read. Real plans are tens of kilobytes; the largest status files of S4 are some hundreds. */
export const MAX_BYTES = 32 * 2 ** 20;

export interface ReadText {
  /** Where the file really is, links followed. */
  readonly real: string;
  readonly bytes: Buffer;
  readonly text: string;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number };
}

type Read<T> = Result<T, WavegateError>;

/**
 * Read a regular file of the project as text. Pipes and devices are refused without waiting on them; links that lead out
 * of the project are not followed.
 *
 * @param root the project's real path
 * @param shown how errors name the file
 * @returns undefined where there is no such file
 */
export async function readText(
  root: string,
  absolute: string,
  shown: string,
): Promise<Read<ReadText> | undefined> {
  const real = await realpath(absolute).catch((cause: unknown) => problem(cause, shown));
  if (real === undefined) return undefined;
  if (typeof real !== "string") return err(real);
  if (!isInside(root, real)) return err(outside(shown, real));
  const file = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (cause: unknown) => problem(cause, shown),
  );
  if (file === undefined) return undefined;
  if (file instanceof WavegateError) return err(file);
  try {
    return await readOpen(file, real, shown);
  } catch (cause) {
    return err(
      unreadable(
        shown,
        `it can't be read (${systemCode(cause) ?? "unknown error"})`,
        "Check the disk.",
        cause,
      ),
    );
  } finally {
    await file.close();
  }
}

async function readOpen(file: FileHandle, real: string, shown: string): Promise<Read<ReadText>> {
  const about = await file.stat();
  if (about.isDirectory()) return err(unreadable(shown, "it is a folder", FILE_HINT));
  if (!about.isFile())
    return err(unreadable(shown, "it is a pipe, a socket or a device", FILE_HINT));
  if (about.size > MAX_BYTES) return err(tooLarge(shown, about.size));
  const bytes = await readBounded(file, { expected: about.size, most: MAX_BYTES });
  if (!bytes) return err(tooLarge(shown, (await file.stat()).size));
  const text = decodeText(bytes, shown);
  if (!text.ok) return text;
  const { mode, uid, gid } = about;
  return ok({ real, bytes, text: text.value, mode: mode & 0o7777, owner: { uid, gid } });
}

const FILE_HINT = "Name the file that the plan is written in.";

export const isInside = (root: string, real: string): boolean => {
  const relative = path.relative(root, real);
  return relative !== "" && !leadsOut(relative, path.sep) && !path.isAbsolute(relative);
};

export const outside = (shown: string, real: string): WavegateError =>
  new WavegateError("USAGE", `${shown} lies outside the project, at ${oneLine(real, 200)}.`, {
    hint: "Run wavegate in the project that the plan belongs to; links out of it are not followed.",
    place: { file: shown },
  });

/** Undefined where nothing is there. */
function problem(cause: unknown, shown: string): WavegateError | undefined {
  const code = systemCode(cause) ?? "unknown error";
  // What has too long a name for a file is none; it may be the id of a task.
  if (isMissing(cause) || code === "ENAMETOOLONG") return undefined;
  if (code === "ELOOP")
    return unreadable(shown, "its links go round in a circle", "Remove one of the links.", cause);
  if (code === "ENXIO")
    return unreadable(shown, "it is a pipe, a socket or a device", FILE_HINT, cause);
  const hint =
    code === "EACCES" || code === "EPERM"
      ? "Give your user the right to read it, and to enter its folder."
      : "Check the path and the disk.";
  return unreadable(shown, `it can't be read (${code})`, hint, cause);
}

const unreadable = (shown: string, why: string, hint: string, cause?: unknown): WavegateError =>
  new WavegateError("PLAN_UNREADABLE", `${shown} is no plan: ${why}.`, {
    hint,
    place: { file: shown },
    ...(cause !== undefined && { cause }),
  });

const tooLarge = (shown: string, bytes: number): WavegateError =>
  unreadable(
    shown,
    `it has ${(bytes / 2 ** 20).toFixed(1)} MiB, more than ${MAX_BYTES / 2 ** 20}`,
    "Split the plan; real ones are tens of kilobytes.",
  );
