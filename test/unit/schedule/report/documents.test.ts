/** The documents of one small example as people read them (WV-11). After a wanted change: `UPDATE_GOLDEN=1 npx vitest run --project unit test/unit/schedule/report`. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { writeDocuments } from "../../../../src/schedule/report/write-documents.ts";
import { EXAMPLE } from "./example.ts";
import { exampleWriting, pricedWriting } from "./example-writing.ts";

const GOLDEN = path.resolve(import.meta.dirname, "../../../golden/schedule");
const documents = writeDocuments(pricedWriting(EXAMPLE));

test.each([...documents])("%s", (name, text) => {
  const file = path.join(GOLDEN, name);
  if (process.env["UPDATE_GOLDEN"]) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, "utf8"));
});

test("each team has a playbook, and every activity is in one of them", () => {
  const playbooks = [...documents].filter(([name]) => name.startsWith("playbooks/"));
  expect(playbooks.map(([name]) => name)).toEqual([
    "playbooks/backend.md",
    "playbooks/frontend.md",
  ]);
  for (const { id, title, crew } of EXAMPLE.activities) {
    const told = playbooks.filter(
      ([, text]) => text.includes(`### `) && text.includes(`${id} ${title}`),
    );
    expect(told.length > 0 || crew.kind === "nobody").toBe(true);
  }
});

test("files of teams stay in their folder and differ, whatever teams are called", () => {
  const [team] = EXAMPLE.teams;
  const ids = ["../../etc/passwd", "a/b", "A b", "a-b", "", "con", "名前", "\u202Ex"];
  const teams = ids.map((id) => ({ ...team!, id, people: [] }));
  const made = writeDocuments(
    exampleWriting({
      ...EXAMPLE,
      activities: [],
      links: [],
      syncPoints: [],
      groups: [],
      teams: [...EXAMPLE.teams, ...teams],
    }),
  );
  const names = [...made.keys()].filter((name) => name.startsWith("playbooks/"));
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(ids.length + 2);
  for (const name of names) expect(name).toMatch(/^playbooks\/[\p{L}\p{N}_-]+\.md$/u);
});
