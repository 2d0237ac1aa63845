import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { withFileLock } from "../../src/adapters/artifacts/file-lock.ts";

test("one at a time, however many want it, and nothing is left of the lock", async () => {
  const home = mkdtempSync(path.join(os.tmpdir(), "wg-lock-"));
  const folder = path.join(home, "locks", "one");
  let inside = 0;
  let most = 0;
  let done = 0;
  const takeTurns = async () => {
    for (let turn = 0; turn < 8; turn++)
      await withFileLock(folder, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        inside -= 1;
        done += 1;
      });
  };
  await Promise.all(Array.from({ length: 16 }, takeTurns));
  expect([most, done]).toEqual([1, 128]);
  expect(existsSync(folder)).toBe(process.platform === "win32");
  rmSync(home, { recursive: true, force: true });
});
