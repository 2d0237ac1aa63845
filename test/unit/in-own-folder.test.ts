/** Folders of ours for one piece of work: gone afterwards, also those of processes that were killed. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { inOwnFolder } from "../../src/adapters/shared/in-own-folder.ts";

const root = mkdtempSync(path.join(tmpdir(), "wavegate-own-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("what a killed process left goes, what is in use or is not ours stays", async () => {
  const old = new Date(Date.now() - 25 * 3_600_000);
  for (const name of ["commits-abc123", "commits-xyz789", "commits-of-the-user", "batch-abc123"])
    mkdirSync(path.join(root, name));
  for (const name of ["commits-abc123", "commits-of-the-user", "batch-abc123"])
    utimesSync(path.join(root, name), old, old);
  const seen = await inOwnFolder({ root, kind: "commits" }, async (folder) => {
    expect(path.dirname(folder)).toBe(root);
    return readdirSync(root).length;
  });
  expect(seen).toBe(4);
  expect(readdirSync(root).toSorted()).toEqual([
    "batch-abc123",
    "commits-of-the-user",
    "commits-xyz789",
  ]);
  await expect(
    inOwnFolder({ root, kind: "commits" }, () => Promise.reject(new Error("no"))),
  ).rejects.toThrow("no");
  expect(readdirSync(root)).toHaveLength(3);
});
