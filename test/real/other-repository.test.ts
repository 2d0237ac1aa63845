/** Plans of repositories that the user is not in: read as in their own, never written. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApp } from "../../src/bootstrap/open-app.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures/plans");
let above: string;

/** `mine` and `git` are repositories, `plain` is a folder; git's holds a repository of its own. */
beforeAll(() => {
  above = realpathSync(mkdtempSync(path.join(tmpdir(), "wavegate-other-")));
  const put = (fixture: string, file: string) => {
    mkdirSync(path.dirname(path.join(above, file)), { recursive: true });
    cpSync(path.join(FIXTURES, fixture), path.join(above, file));
  };
  put("core.md", "mine/docs/plans/mine.md");
  put("core.md", "git/docs/plans/core.md");
  put("albums-tasks.md", "git/packages/albums/specs/001-albums/tasks.md");
  put("core.md", "plain/docs/plans/plain.md");
  put("core.md", "loose/notes.md");
  for (const repository of ["mine", "git", "git/packages/albums"])
    execFileSync("git", ["init", "-q"], { cwd: path.join(above, repository) });
  symlinkSync("../../../git/docs/plans/core.md", path.join(above, "mine/docs/plans/link.md"));
  writeFileSync(path.join(above, "git/docs/plans/none.md"), "# Nothing\n");
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

const plansIn = (folder: string) => openApp({ cwd: path.join(above, folder), env: {} }).plans;

test.each([
  ["mine", "../git", "git", ["docs/plans/core.md"]],
  ["mine", "../git/docs/plans/core.md", "git", ["docs/plans/core.md"]],
  ["git", "packages/albums", "git/packages/albums", ["specs/001-albums/tasks.md"]],
  ["mine", "../plain", "plain", ["docs/plans/plain.md"]],
  ["mine", "../plain/docs/plans/plain.md", "plain", ["docs/plans/plain.md"]],
  ["mine", "../loose", "loose", ["notes.md"]],
  ["mine", "../loose/notes.md", "loose", ["notes.md"]],
  // Without git the folder itself is meant, with all that is in it.
  ["", "plain", null, ["plain/docs/plans/plain.md"]],
  ["mine", "docs", null, ["docs/plans/mine.md"]],
])("from %j analysing %j: of %j", async (cwd, given, repository, files) => {
  const answer = await plansIn(cwd).analyze({ paths: [given] });
  expect(answer.repository).toBe(repository && path.join(above, repository));
  expect(answer.plans.map(({ file }) => file)).toEqual(files);
});

test("a folder above several repositories, from within one and from itself", async () => {
  for (const [cwd, given] of [
    ["mine", ".."],
    ["", "."],
  ] as const) {
    const { plans } = await plansIn(cwd).analyze({ paths: [given] });
    expect(plans.map(({ file }) => file)).toEqual([
      "git/docs/plans/core.md",
      "git/packages/albums/specs/001-albums/tasks.md",
      "loose/notes.md",
      "mine/docs/plans/link.md",
      "mine/docs/plans/mine.md",
      "plain/docs/plans/plain.md",
    ]);
  }
  const both = await plansIn("").analyze({ paths: ["mine", "git"] });
  expect(both).toMatchObject({ repository: null });
  expect(both.plans.length).toBeGreaterThan(1);
});

test("tables and team files of elsewhere are scheduled, together with those of the project", async () => {
  const team = "teams: { core: { size: 1 } }\n";
  writeFileSync(path.join(above, "loose/work.csv"), "id,duration\na,2h\nb,1h\n");
  writeFileSync(path.join(above, "plain/team.yaml"), team);
  writeFileSync(path.join(above, "mine/team.yaml"), team);
  const { schedules } = openApp({ cwd: path.join(above, "mine"), env: {} });
  for (const teams of ["../plain/team.yaml", "team.yaml"]) {
    const answer = await schedules.schedule({ plan: "../loose/work.csv", teams });
    expect(answer).toMatchObject({ activities: 2, staffing: { file: teams } });
    expect(await schedules.validate({ file: "../loose/work.csv", teams })).toMatchObject({
      ok: true,
    });
  }
});

test("what reads does so there and says where; what writes, and links out, stay in the project", async () => {
  const plans = plansIn("mine");
  const there = { plan: { file: "docs/plans/core.md", repository: path.join(above, "git") } };
  const plan = "../git/docs/plans/core.md";
  expect(await plans.status({ plan })).toMatchObject(there);
  expect(await plans.next({ plan, count: 3, rule: "barriers" })).toMatchObject(there);
  expect(await plans.why({ names: [plan, "2.3"] })).toMatchObject(there);
  expect(await plans.findings({ names: [plan] })).toMatchObject(there);
  expect((await plans.status({ plan: "mine" })).plan).not.toHaveProperty("repository");

  const before = readdirSync(path.join(above, "git"), { recursive: true });
  const outside = { code: "USAGE" };
  await expect(plans.edit({ names: [plan, "0.1"], action: "start" })).rejects.toMatchObject(
    outside,
  );
  await expect(plans.append({ plan, texts: ["x"], phase: "1" })).rejects.toMatchObject(outside);
  for (const wish of [{ write: true }, { tick: true }])
    await expect(plans.analyze({ paths: ["../git"], ...wish })).rejects.toMatchObject(outside);
  await expect(plans.status({ plan: "docs/plans/link.md" })).rejects.toMatchObject({
    code: "USAGE",
  });
  const written = await plans.analyze({ paths: ["../git"], output: "found", html: "page.html" });
  expect(written.written[0]?.path).toMatch(/^found\//);
  expect(readdirSync(path.join(above, "git"), { recursive: true })).toEqual(before);
  expect(readdirSync(path.join(above, "mine"))).toEqual(
    expect.arrayContaining(["found", "page.html"]),
  );
  await expect(plans.analyze({ paths: ["../git", "."] })).rejects.toMatchObject({
    code: "USAGE",
    message: "These paths lie in different repositories.",
  });
});
