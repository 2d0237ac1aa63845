/** `wavegate plans` as a program on real files: edits of others, watching, and what no reader should have to meet (PX-01 … PX-03). */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCliHarness, lastJson } from "./cli-harness.ts";

let cli: ReturnType<typeof createCliHarness>;
beforeAll(() => {
  cli = createCliHarness();
});
afterAll(() => cli.close());

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, "../fixtures/plans", name), "utf8");
const at = (file: string) => path.join(cli.project, file);
const CORE = "docs/plans/core.md";

test("list, next, tick from two processes at once, why: on disk, without a database", async () => {
  cli.write(CORE, fixture("core.md"));
  cli.write("specs/001-albums/tasks.md", fixture("albums-tasks.md"));
  cli.write(".claude/current-plan.txt", `${CORE}\n`);
  const list = lastJson(await cli.run(["plans", "list", "--json"])) as {
    readonly plans: readonly { readonly name: string }[];
    readonly current: { readonly name: string };
  };
  expect(list.plans.map(({ name }) => name)).toEqual(["core", "001-albums"]);
  expect(list.current.name).toBe("core");
  const both = await Promise.all([
    cli.run(["plans", "tick", "0.1", "VERIFY 0"]),
    cli.run(["plans", "start", "core", "1.2", "1.1"]),
  ]);
  // Whichever comes first: what is started before the phase is verified is warned of.
  expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
    [0, ""],
    [0, expect.stringMatching(/^(?:Warning: 1\.[12] is started before .*VERIFY 0\.\n)*$/)],
  ]);
  expect(readFileSync(at(CORE), "utf8")).toBe(
    fixture("core.md").replace("[ ] 0.1", "[x] 0.1").replace("[ ] The schema", "[x] The schema"),
  );
  const why = await cli.run(["plans", "why", "1.4"], { cwd: at("docs") });
  expect(why.stdout).toContain("1.1 changes src/import/folder.ts, too");
  const conflicts = ["plans", "conflicts", "001", "--history", "--json"];
  expect(lastJson(await cli.run(conflicts))).toMatchObject({
    history: { commits: 0, problem: expect.stringMatching(/git/), likely: [] },
  });
  expect((await cli.run(["db", "status"])).stdout).not.toContain("running since");
});

test("watching shows each change that others make, and ends when all is done", async () => {
  const file = cli.write(
    "docs/plans/watched.md",
    "# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 a\n- [ ] 1.2 b\n",
  );
  const watching = cli.start(["plans", "progress", file, "--watch"]);
  await watching.heard("0 of 2 done");
  await cli.run(["plans", "tick", file, "1.1"]);
  await watching.heard("1 of 2 done");
  // As editors save: the file is replaced.
  writeFileSync(at(`${file}.new`), readFileSync(at(file), "utf8").replace("[ ] 1.2", "[x] 1.2"));
  execFileSync("mv", [at(`${file}.new`), at(file)]);
  expect((await watching.done).code).toBe(0);

  const stopped = cli.start(["plans", "status", CORE, "--watch", "--json"]);
  await stopped.heard('"core"');
  stopped.child.kill("SIGINT");
  expect((await stopped.done).code).toBe(130);
});

describe("what is no plan, or hardly one (the table: plan-bad-input.test.ts)", () => {
  test("a pipe is not waited for", async () => {
    execFileSync("mkfifo", [at("docs/plans/pipe.md")]);
    const { code, stdout, stderr } = await cli.run(["plans", "status", "docs/plans/pipe.md"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error PLAN_UNREADABLE: .*docs\/plans\/pipe\.md[^]*hint: \w/);
  });

  test("100,000 tasks and a line of 31 MB are read within seconds", async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `- [ ] ${(i % 50) + 1}.${i + 1} x\n`);
    cli.write("docs/plans/many.md", `# Plan\n\n## Phase 1: A\n\n${many.join("")}`);
    const next = lastJson(await cli.run(["plans", "next", "2", "many", "--json"]));
    expect(next).toMatchObject({ tally: { tasks: 100_000 } });

    cli.write("docs/plans/wide.md", `# Plan\n\n## Phase 1: A\n\n- [ ] 1.1 ${"y ".repeat(15e6)}\n`);
    expect((await cli.run(["plans", "validate", "wide"])).stdout).toContain("1 task");
  });
});
