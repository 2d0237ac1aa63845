/** `wavegate analyze` as a program in a git repository: what was asked for changes, and nothing else (PX-04). */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createCliHarness, lastJson } from "./cli-harness.ts";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
});
afterAll(() => cli.close());

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, "../fixtures/plans", name), "utf8");
const at = (file: string) => path.join(cli.project, file);
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
    cwd: cli.project,
    encoding: "utf8",
  });
const changes = () =>
  git("status", "--porcelain", "--untracked-files=all")
    .split("\n")
    .filter((line) => line !== "");
const FOLDER = "docs/plan-outputs/parallel-work";
const SLUGS =
  "1-architecture 2-parallel-plans 3-parallel-phases 4-parallel-tasks 5-patterns 6-recommendations";

test("findings, status and boxes change, once; what is outside or a person's does not", async () => {
  cli.write("docs/plans/core.md", fixture("core.md"));
  cli.write("docs/plans/parallel-work.md", fixture("parallel-work.md").replaceAll("\n", "\r\n"));
  cli.write(".claude/commands/plan/orchestrate.md", "Take `next 5`, run all in parallel.\n");
  expect((await cli.run(["plans", "start", "parallel-work", "1.4"])).code).toBe(0);
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "plans");
  expect((await cli.run(["analyze"])).code).toBe(0);
  expect(changes()).toEqual([]);
  const ticked = await cli.run(["analyze", "--tick"], { cwd: at("docs") });
  expect([ticked.code, ticked.stderr]).toEqual([0, ""]);
  expect(ticked.stdout).toContain("Ticked: 7 of 12; 1 was done before");
  expect(changes()).toEqual([
    ` M ${FOLDER}/status.json`,
    " M docs/plans/parallel-work.md",
    ...SLUGS.split(" ").map((slug) => `?? ${FOLDER}/findings/${slug}.md`),
  ]);
  const stat = git("diff", "--numstat", "--", "docs/plans/parallel-work.md");
  expect(stat).toBe("9\t9\tdocs/plans/parallel-work.md\n");
  expect(JSON.parse(readFileSync(at(`${FOLDER}/status.json`), "utf8"))).toMatchObject({
    tasks: expect.arrayContaining([
      expect.objectContaining({
        id: "1.4",
        status: "completed",
        notes: `${FOLDER}/findings/1-architecture.md`,
      }),
    ]),
  });

  const mine = `${FOLDER}/findings/3-parallel-phases.md`;
  writeFileSync(at(mine), `${readFileSync(at(mine), "utf8")}\nI don't think so.\n`);
  await cli.run(["analyze", "--tick"]);
  git("add", "-A");
  git("commit", "-qm", "findings");
  const again = lastJson(await cli.run(["analyze", "--tick", "--json"])) as {
    readonly written: readonly { readonly path: string; readonly outcome: string }[];
  };
  expect(new Set(again.written.map(({ outcome }) => outcome))).toEqual(
    new Set(["unchanged", "kept"]),
  );
  expect(again.written.find(({ outcome }) => outcome === "kept")?.path).toBe(mine);

  symlinkSync(path.dirname(cli.project), at("way-out"));
  git("add", "-A");
  git("commit", "-qm", "link");
  for (const output of ["..", "way-out/stolen", "docs/plans/core.md"]) {
    const { code, stderr } = await cli.run(["analyze", "core", "--output", output]);
    expect([output, code === 0, /\.js:\d/.test(stderr)]).toEqual([output, false, false]);
  }
  expect(changes()).toEqual([]);
});
