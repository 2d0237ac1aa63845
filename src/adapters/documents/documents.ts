import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import { leadsOut } from "../../core/leads-out.ts";
import { err, ok, type Result } from "../../core/result.ts";
import { oneLine } from "../../core/text.ts";
import type { Document, Documents } from "../../ports/documents.ts";

const SPEC_FILE = "spec.md";

/**
 * Documents on disk. Only regular files that really lie in the project are read: links are followed to see where they
 * end, and pipes, devices and folders are refused without waiting on them.
 *
 * @param root absolute path of the project
 * @param cwd where relative paths start
 */
export function createDocuments({ root, cwd }: { root: string; cwd: string }): Documents {
  const read = (absolute: string, maxBytes: number) => readDocument(root, absolute, maxBytes);
  return {
    async named(given, maxBytes) {
      const absolute = path.resolve(cwd, given);
      const found = await read(absolute, maxBytes);
      if (found.ok || found.error.cause !== "folder") return found;
      return read(path.join(absolute, SPEC_FILE), maxBytes);
    },
    async optional(relative, maxBytes) {
      const found = await read(path.resolve(root, relative), maxBytes);
      return !found.ok && found.error.code === "SPEC_NOT_FOUND" ? undefined : found;
    },
    async list(folder) {
      const entries = await readdir(path.resolve(root, folder), { withFileTypes: true }).catch(
        () => [],
      );
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => path.posix.join(folder, entry.name))
        .toSorted();
    },
  };
}

async function readDocument(
  root: string,
  absolute: string,
  maxBytes: number,
): Promise<Result<Document, WavegateError>> {
  const shown = shownPath(root, absolute);
  let real: string;
  try {
    real = await realpath(absolute);
  } catch (error) {
    return err(unreachable(shown, error));
  }
  const inside = path.relative(await realpath(root), real);
  if (leadsOut(inside, path.sep) || path.isAbsolute(inside))
    return err(
      outside(absolute === real ? shown : `${shown} (${oneLine(real, 200)})`, shown, root),
    );

  let file;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return err(unreachable(shown, error));
  }
  try {
    const about = await file.stat();
    if (about.isDirectory()) return err(notFile(shown, "a folder without a spec.md", "folder"));
    if (!about.isFile()) return err(notFile(shown, "not a regular file"));
    if (about.size > maxBytes) return err(tooLarge(shown, about.size, maxBytes));
    const bytes = await file.readFile();
    const digest = createHash("sha256").update(bytes).digest("hex");
    return ok({ path: inside.split(path.sep).join("/"), bytes, digest });
  } finally {
    await file.close();
  }
}

/** A path as the user knows it: relative to the project where it is in there. */
function shownPath(root: string, absolute: string): string {
  const relative = path.relative(root, absolute);
  return oneLine(leadsOut(relative, path.sep) ? absolute : relative || ".", 200);
}

const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error ? String(error.code) : "";

function unreachable(file: string, cause: unknown): WavegateError {
  const code = codeOf(cause);
  if (code === "ENOENT" || code === "ENOTDIR")
    return new WavegateError("SPEC_NOT_FOUND", `There is no file ${file}.`, {
      hint: "Check the path; give a spec.md or the folder that holds it.",
      place: { file },
    });
  return new WavegateError(
    "SPEC_UNREADABLE",
    `${file} cannot be read (${code || "unknown error"}).`,
    {
      hint: "Check that you may read the file.",
      place: { file },
      cause,
    },
  );
}

const outside = (what: string, file: string, root: string) =>
  new WavegateError("USAGE", `${what} lies outside the project ${oneLine(root, 200)}.`, {
    hint: "Run wavegate in the project that the spec belongs to.",
    place: { file },
  });

const notFile = (file: string, what: string, cause?: "folder") =>
  new WavegateError("SPEC_UNREADABLE", `${file} is ${what}.`, {
    hint: "Give the path of a Markdown file.",
    place: { file },
    cause,
  });

const tooLarge = (file: string, bytes: number, maxBytes: number) =>
  new WavegateError(
    "SPEC_UNREADABLE",
    `${file} has ${(bytes / 2 ** 20).toFixed(1)} MiB; a document may have ${(maxBytes / 2 ** 20).toFixed(1)} MiB.`,
    { hint: "Give the specification itself; real ones are tens of kilobytes.", place: { file } },
  );
