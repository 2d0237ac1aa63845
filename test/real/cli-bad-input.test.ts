/** The bad-input table: each row says code, place, hint and exit code, and loses nothing. */
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AGENT_ROWS } from "./bad-input/agents.ts";
import { CONFIG_ROWS } from "./bad-input/configs.ts";
import { DECISION_ROWS } from "./bad-input/decisions.ts";
import { projectAt, troubleIn, type Project, type Row } from "./bad-input/row.ts";
import { SPEC_ROWS } from "./bad-input/specs.ts";
import { mountSmallDisk, SURROUNDING_ROWS, unmount } from "./bad-input/surroundings.ts";
import { createCliHarness, SPEC } from "./cli-harness.ts";

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
