/** The examples of docs/plans.md print what stands there. `UPDATE_GOLDEN=1` writes what they print into the page. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createHarness } from "./harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const PAGE = path.join(ROOT, "docs/plans.md");
const fixture = (name: string) =>
  readFileSync(path.join(ROOT, "test/fixtures/plans", name), "utf8");

/** Words of a command line; those in quotes are one. */
const wordsOf = (line: string) =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");

test("every example of docs/plans.md prints what stands there", async () => {
  const { run, disk } = createHarness();
  disk.set("docs/plans/core.md", fixture("core.md"));
  disk.set("specs/001-albums/tasks.md", fixture("albums-tasks.md"));
  const page = readFileSync(PAGE, "utf8");
  let made = page;
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```/gm)];
  expect(blocks.length).toBeGreaterThan(7);
  for (const [, block = ""] of blocks) {
    const printed: string[] = [];
    for (const [line, command = ""] of block.matchAll(/^\$ wavegate (.*)$/gm)) {
      const args = wordsOf(command);
      const { stdout, stderr } = await run(args);
      expect(stderr).toBe("");
      printed.push(`${line}\n${stdout}`);
    }
    made = made.replace(block, () => printed.join(""));
  }
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(PAGE, made);
  else expect(page).toBe(made);
});
