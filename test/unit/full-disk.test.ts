import { expect, test } from "vitest";
import { fullDisk } from "../../src/adapters/shared/git/full-disk.ts";
import { GitError } from "../../src/adapters/shared/git/run-git.ts";
import { WavegateError } from "../../src/core/error.ts";

const git = (stderr: string) =>
  new GitError("update-index", { exitCode: 128, stdout: Buffer.of(), stderr, stopped: undefined });

test.each([
  git("error: unable to create temporary file: No space left on device\nfatal: big.bin\n"),
  git("fatal: sha1 file '<stdout>' write error: No space left on device\n"),
  git("fatal: sha1 file 'x.lock' write error. Out of diskspace\n"),
  git("fatal: cannot create directory at 'a': Disk quota exceeded\n"),
  new Error("The clone of 1 could not be made: error: unable to write a: No space left on device"),
  Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
])("a full disk is told as such: %s", async (error) => {
  expect(await fullDisk(error, [])).toMatchObject({ code: "DISK_FULL" });
});

test.each([
  git('error: open("No space left on device"): Permission denied\n'),
  git("fatal: bad object HEAD\n"),
  git("error: unable to write file a\n"),
  new Error("x"),
  new WavegateError("REPOSITORY_UNFIT", "x: No space left on device", { hint: "" }),
  "No space left on device",
])("nothing else is: %s", async (error) => {
  // There is room where these failed.
  expect(await fullDisk(error, ["/tmp", "/not/there"])).toBeUndefined();
});
