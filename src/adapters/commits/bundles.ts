import { createHash } from "node:crypto";
import { open, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { WavegateError } from "../../core/error.ts";
import type { Content, SharedStore } from "../../ports/shared-store.ts";
import { onDisk } from "../shared/disk-error.ts";
import { GitError, runGit, whyFailed } from "../shared/git/run-git.ts";

/** The one ref that a bundle of ours has. */
export const KEPT = "refs/wavegate/kept";
/** Git asks for a ref on what a bundle begins with. */
const NEEDED = "refs/wavegate/needed";

const BUNDLE_MS = 15 * 60_000;

/** Write what a commit has and another has not into a file; false where that is nothing. `gitDir` is of ours, and takes the ref. */
export async function writeBundle(
  gitDir: string,
  { commit, needs }: { readonly commit: string; readonly needs: string },
  file: string,
): Promise<boolean> {
  await nameRef(gitDir, KEPT, commit);
  const args = ["bundle", "create", "-q", file, KEPT, `^${needs}`];
  const end = await runGit({ gitDir, args, timeoutMs: BUNDLE_MS });
  if (end.exitCode === 0) return true;
  const ask = ["merge-base", "--is-ancestor", commit, needs];
  if ((await runGit({ gitDir, args: ask })).exitCode === 0) return false;
  throw new GitError("bundle", end);
}

/** Take the objects of a bundle into a git folder of ours that has what it begins with. Gives why not, as the end of a sentence. */
export async function readBundle(
  gitDir: string,
  file: string,
  { commit, needs }: { readonly commit: string; readonly needs: string },
): Promise<string | undefined> {
  await nameRef(gitDir, NEEDED, needs);
  const verified = await runGit({ gitDir, args: ["bundle", "verify", "-q", file] });
  if (verified.exitCode !== 0) return `git does not take it: ${whyFailed(verified)}`;
  const args = ["bundle", "unbundle", file];
  const end = await runGit({ gitDir, args, timeoutMs: BUNDLE_MS });
  if (end.exitCode !== 0) return `git does not take it: ${whyFailed(end)}`;
  const heads = end.stdout.toString("utf8").trim();
  return heads === `${commit} ${KEPT}` ? undefined : "it holds another commit";
}

/** Without a process: the folder is ours. */
export const nameRef = (gitDir: string, ref: string, commit: string): Promise<void> =>
  writeFile(path.join(gitDir, ref), `${commit}\n`);

/** Keep a file by its digest. Past the limit it is refused. */
export async function keepFile(
  store: SharedStore,
  file: string,
  { commit, maxBytes }: { readonly commit: string; readonly maxBytes: number },
): Promise<Content> {
  return onDisk(file, undefined, async () => {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > maxBytes) throw tooLarge(commit, size, maxBytes);
      const hash = createHash("sha256");
      for await (const chunk of handle.createReadStream({ autoClose: false, start: 0 }))
        hash.update(chunk);
      const content = { digest: hash.digest("hex"), bytes: size };
      await store.keep(content, (from, to) => rangeOf(handle, from, to));
      return content;
    } finally {
      await handle.close();
    }
  });
}

async function rangeOf(handle: FileHandle, from: number, to: number): Promise<Uint8Array> {
  const bytes = Buffer.alloc(to - from);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
  if (bytesRead !== bytes.length) throw new Error("a bundle became shorter while it was read");
  return bytes;
}

/** Write kept content into a file, compared with its digest and size. Gives why not, as the end of a sentence. */
export async function takeFile(
  store: SharedStore,
  { digest, bytes }: Content,
  { file, signal }: { readonly file: string; readonly signal: AbortSignal | undefined },
): Promise<string | undefined> {
  return onDisk(file, bytes, async () => {
    const handle = await open(file, "wx", 0o600);
    const hash = createHash("sha256");
    let size = 0;
    try {
      const found = await store.take(
        digest,
        async (part) => {
          size += part.byteLength;
          hash.update(part);
          // Of more than was put in nothing is kept.
          if (size <= bytes) await handle.appendFile(part);
        },
        signal,
      );
      if (!found) return "its content is gone";
    } finally {
      await handle.close();
    }
    return size === bytes && hash.digest("hex") === digest
      ? undefined
      : "its content is not what was put in";
  });
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

const tooLarge = (commit: string, bytes: number, most: number): WavegateError =>
  new WavegateError(
    "COMMIT_TOO_LARGE",
    `The commit ${commit.slice(0, 12)} is not kept for other machines: it has ${mebibytes(bytes)} more than its base, and ${mebibytes(most)} are allowed.`,
    { hint: "Raise machines.bundle-mb in the configuration, then go on: wavegate resume RUN." },
  );
