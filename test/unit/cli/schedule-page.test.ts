/** The examples of docs/schedule.md print what stands there. `UPDATE_GOLDEN=1` writes what they print into the page. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createHarness } from "./harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const PAGE = path.join(ROOT, "docs/schedule.md");
const example = (name: string) => readFileSync(path.join(ROOT, "examples/schedule", name), "utf8");

test("every example of docs/schedule.md prints what stands there", async () => {
  const { run, disk } = createHarness();
  for (const name of ["prd.md", "teams.yaml"]) disk.set(name, example(name));
  const page = readFileSync(PAGE, "utf8");
  let made = page;
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```/gm)];
  expect(blocks.length).toBeGreaterThan(1);
  for (const [, block = ""] of blocks) {
    const printed: string[] = [];
    for (const [line, command = ""] of block.matchAll(/^\$ wavegate (.*)$/gm)) {
      const { stdout, stderr } = await run(command.split(" "));
      expect(stderr).toBe("");
      printed.push(`${line}\n${stdout}`);
    }
    made = made.replace(block, () => printed.join(""));
  }
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(PAGE, made);
  else expect(page).toBe(made);
});
