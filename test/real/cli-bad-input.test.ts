/** The bad-input table: each row says code, place, hint and exit code, and loses nothing. */
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AGENT_ROWS } from "./bad-input/agents.ts";
import { CONFIG_ROWS } from "./bad-input/configs.ts";
import { DECISION_ROWS } from "./bad-input/decisions.ts";
import { projectAt, troubleIn, type Project, type Row } from "./bad-input/row.ts";
import { SPEC_ROWS } from "./bad-input/specs.ts";
import { mountSmallDisk, SURROUNDING_ROWS, unmount } from "./bad-input/surroundings.ts";
import { createCliHarness, gateIn, SPEC } from "./cli-harness.ts";

const TABLE: readonly Row[] = [
  ...SPEC_ROWS,
  ...CONFIG_ROWS,
  ...AGENT_ROWS,
  ...DECISION_ROWS,
  ...SURROUNDING_ROWS,
];

let cli: ReturnType<typeof createCliHarness>;
let shared: Project | undefined;
beforeAll(async () => {
  cli = createCliHarness({ ordinary: true });
  await cli.run(["db", "start"]);
});
afterAll(() => cli.close());

/** A project of its own, with a good spec and what the row has. */
function projectOf(row: Row): Project {
  const folder = path.join(cli.folder, `row-${TABLE.indexOf(row)}`);
  mkdirSync(folder);
  if (row.smallDisk && !mountSmallDisk(folder)) throw new Error("no small disk can be made");
  cli.own(folder);
  const project = projectAt(cli, folder, row.env);
  const files = { ".specify/memory/constitution.md": "Be brief.\n", "specs/good/spec.md": SPEC };
  for (const [file, content] of Object.entries({ ...files, ...row.files }))
    project.write(file, content);
  return project;
}

/** For people it is one error with place and hint, and no line of a program. */
async function checkForPeople(row: Row, project: Project, args: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await project.run(args);
  const { file, line, column } = row.place ?? {};
  expect([code, stdout]).toEqual([row.exit, ""]);
  expect(stderr).toMatch(new RegExp(`^error ${row.code}: \\S`));
  expect(stderr).toMatch(/^ {2}hint: \w/m);
  if (file !== undefined) expect(stderr).toContain([file, line, column].filter(Boolean).join(":"));
  if (line !== undefined && row.problems) expect(stderr).toMatch(/^ +\d+ │/m);
  expect(stderr).not.toMatch(/^\s+at .*\.[jt]s:\d|node:internal/m);
}

test.concurrent.for(TABLE.map((row) => ({ row, name: row.name })))(
  "$name",
  async ({ row }, { skip }) => {
    const why = row.skip?.();
    if (why) {
      console.warn(`skipped: ${row.name}: ${why}`);
      return skip(why);
    }
    const project = row.shares ? (shared ??= projectOf(row)) : projectOf(row);
    try {
      await expect(checkRow(row, project)).resolves.toBe(row.exit);
    } finally {
      if (row.smallDisk) unmount(project.folder);
    }
  },
);

async function checkRow(row: Row, project: Project): Promise<number | string> {
  const before = project.files();
  const { act } = row;
  const outcome =
    typeof act === "function" ? await act(project) : await project.run([...act, "--json"]);
  if (outcome.code !== row.exit) return `${outcome.code}: ${outcome.stdout}${outcome.stderr}`;

  const trouble = troubleIn(outcome);
  if (row.code) {
    expect(trouble).toMatchObject({ code: row.code, place: row.place });
    expect(trouble.hint).toMatch(/^\w.*\w{3}/);
  }
  if (row.says) expect(trouble.text).toMatch(row.says);
  if (row.problems) expect(trouble.problems).toEqual(row.problems);
  if (!row.writes) expect(project.files()).toEqual(before);
  if (row.startsNothing) {
    expect(outcome.stderr).toBe("");
    expect(existsSync(path.join(project.folder, ".wavegate"))).toBe(false);
  }
  await row.then?.(project, outcome);
  if (typeof act !== "function" && row.startsNothing) await checkForPeople(row, project, act);
  return outcome.code;
}

test.concurrent("Ctrl-C while the database is set up: the run can be resumed", async ({ skip }) => {
  if (process.env["WAVEGATE_DATABASE_URL"]) return skip("the server is there already");
  const env = { WAVEGATE_HOME: path.join(cli.home, "another") };
  const cwd = cli.project;
  cli.write("specs/good/spec.md", SPEC);
  const running = cli.start(["plan", "specs/good"], { cwd, env });
  await running.saw("Setting up PostgreSQL");
  running.child.kill("SIGINT");
  const stopped = await running.done;
  expect(stopped).toMatchObject({ code: 130, stdout: "" });
  const [, run = ""] = /wavegate resume (\S+)/.exec(stopped.stderr) ?? [];
  expect(await cli.run(["resume", run], { cwd, env })).toMatchObject({ code: 4 });
  await cli.run(["db", "stop"], { cwd, env });
});

test.concurrent("odd names: planned, shown on one line, approved, and hints can be copied", async () => {
  const folder = `specs/a b/"c" 'd'\n\tü-雪 $(x)`;
  cli.write(`${folder}/spec.md`, SPEC);
  const planned = await cli.run(["plan", folder]);
  expect(planned.stdout).toContain(`new in specs/a b/"c" 'd' ü-雪 $(x)/\n`);
  const { run, digest } = gateIn(planned);
  expect(await cli.run(["approve", run, "--digest", digest])).toMatchObject({ code: 0 });
  expect(existsSync(path.join(cli.project, folder, "plan.md"))).toBe(true);

  cli.write("specs/it's/spec.md", "# Nothing\n");
  const refused = await cli.run(["plan", "specs/it's"]);
  expect(refused.stderr.replaceAll(/\s+/g, " ")).toContain(
    String.raw`wavegate check 'specs/it'\''s/spec.md'`,
  );
});

test.concurrent("a link within the project is followed; two plans of one spec at once are two runs", async () => {
  cli.write("specs/twice/spec.md", SPEC);
  symlinkSync("twice/spec.md", path.join(cli.project, "specs/link.md"));
  const both = await Promise.all(
    ["specs/twice", "specs/link.md"].map((spec) => cli.run(["plan", spec])),
  );
  expect(both.map(({ code }) => code)).toEqual([4, 4]);
  const [first, second] = both.map(gateIn);
  expect(first?.run).not.toBe(second?.run);
  for (const gate of [first, second])
    expect(
      await cli.run(["approve", gate?.run ?? "", "--digest", gate?.digest ?? ""]),
    ).toMatchObject({ code: 0, stdout: expect.stringContaining("wrote specs/twice/plan.md") });
});
