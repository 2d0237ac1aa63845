import { expect, test } from "vitest";
import { diskError } from "../../../src/core/disk-error.ts";
import { WavegateError } from "../../../src/core/error.ts";

const failed = (code: string) => Object.assign(new Error(code), { code });

test.each([
  ["ENOSPC", "DISK_FULL"],
  ["EDQUOT", "DISK_FULL"],
  ["EACCES", "PROJECT_NOT_WRITABLE"],
  ["EPERM", "PROJECT_NOT_WRITABLE"],
  ["EROFS", "PROJECT_NOT_WRITABLE"],
  ["EIO", "PROJECT_NOT_WRITABLE"],
])("a write that fails with %s is %s", (system, code) => {
  const cause = failed(system);
  const message = expect.stringContaining("a.md") as string;
  expect(diskError(cause, "a.md")).toMatchObject({ code, message, cause });
});

test("how much was to be written is said where it is known", () => {
  expect(diskError(failed("ENOSPC"), "a.md", 7)).toMatchObject({
    message: "No space left to write a.md (7 bytes).",
  });
});

test("what is not about the disk, or said already, is given back as it is", () => {
  const said = new WavegateError("DISK_FULL", "full", { hint: "Free some space." });
  for (const cause of [failed("ENOENT"), failed("ELOOP"), new Error("x"), "ENOSPC", said])
    expect(diskError(cause, "a.md")).toBe(cause);
});
