/** What README shows is what the program does: the example planned and approved, word for word. */
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, gateIn } from "./cli-harness.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const README = path.join(ROOT, "README.md");

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
  cpSync(path.join(ROOT, "examples/tool-library"), cli.project, { recursive: true });
});
afterAll(() => cli.close());

/** Run ids, digests and folders are other ones each time. */
const steady = (text: string) =>
  text
    .replaceAll(/[a-z0-9]{5}(?=-001-lend-tools)/g, "k7f3p")
    .replaceAll(/\b[0-9a-f]{64}\b/g, (digest) => "f99a9667e44e".padEnd(digest.length, "0"))
    .replaceAll(/\b[0-9a-f]{12}\b/g, "f99a9667e44e")
    .replaceAll(cli.project, "/home/you/library");

/** The text of a fenced block between two marks; `UPDATE_GOLDEN=1` puts `text` there first. */
function block(name: "transcript" | "summary", text: string): string {
  const readme = readFileSync(README, "utf8");
  const fence = name === "summary" ? "````" : "```";
  const kind = name === "summary" ? "markdown" : "";
  const pattern = new RegExp(
    `(<!-- ${name}:[^>]*-->\\n${fence}${kind}\\n)([\\s\\S]*?)(${fence}\\n<!-- end of ${name} -->)`,
  );
  if (process.env["UPDATE_GOLDEN"])
    writeFileSync(
      README,
      readme.replace(pattern, (_, open, __, close) => `${open}${text}${close}`),
    );
  return pattern.exec(readFileSync(README, "utf8"))?.[2] ?? `README has no ${name}`;
}

test("the transcript and the summary in README are what the example gives", async () => {
  const planned = await cli.run(["plan", "specs/001-lend-tools"]);
  expect(planned.code).toBe(4);
  const { run, digest } = gateIn(planned);
  const short = [run, "--digest", digest.slice(0, 12)];
  const approved = await cli.run(["approve", ...short]);
  expect(approved.code).toBe(0);
  const verified = await cli.run(["audit", "verify"]);
  const transcript = [
    "$ wavegate plan specs/001-lend-tools",
    planned.stdout,
    `$ wavegate approve ${short.join(" ")}`,
    approved.stdout,
    "$ wavegate audit verify",
    verified.stdout,
  ]
    .map((part) => part.trimEnd())
    .join("\n");
  const shown = `${steady(transcript)}\n`;
  expect(shown).toBe(block("transcript", shown));

  const summary = readFileSync(
    path.join(cli.project, "specs/001-lend-tools/planning-summary.md"),
    "utf8",
  );
  expect(summary).toBe(block("summary", summary));
});
