import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { writeTaskFindings } from "../../../src/app/execution/write-task-findings.ts";
import { createMemoryPlanFiles } from "../../../src/testing/memory-plan-files.ts";

const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");
const PLAN = "docs/plans/core.md";
const FOLDER = "docs/plan-outputs/core/findings";

const write = (disk: Map<string, string>, id: string, text: string, plan = PLAN) =>
  writeTaskFindings({ planFiles: createMemoryPlanFiles(disk), digestOf }, plan, [{ id, text }]);

test("findings are written where S4's tool looks for them, and anew; what somebody wrote or changed stays", async () => {
  const disk = new Map([[`${FOLDER}/1-2.md`, "mine\n"]]);
  expect(await write(disk, "1.1", "# Task 1.1\n")).toEqual({
    ok: true,
    value: { written: [`${FOLDER}/1-1.md`], kept: [] },
  });
  expect(disk.get(`${FOLDER}/1-1.md`)).toMatch(
    /^# Task 1\.1\n\n<!-- wavegate run [0-9a-f]{64} -->\n$/,
  );
  await write(disk, "1.1", "# Again\n");
  expect(disk.get(`${FOLDER}/1-1.md`)).toMatch(/^# Again/);
  disk.set(`${FOLDER}/1-1.md`, `${disk.get(`${FOLDER}/1-1.md`)}and mine\n`);
  expect(await write(disk, "1.1", "# Third\n")).toMatchObject({
    value: { written: [], kept: [`${FOLDER}/1-1.md`] },
  });
  expect(await write(disk, "1.2", "# Task 1.2\n")).toMatchObject({ value: { written: [] } });
  expect(disk.get(`${FOLDER}/1-2.md`)).toBe("mine\n");
});

test("a plan without such a folder gets none", async () => {
  const disk = new Map<string, string>();
  expect(await write(disk, "T001", "# T001\n", "specs/001/tasks.md")).toEqual({
    ok: true,
    value: { written: [], kept: [] },
  });
  expect(disk.size).toBe(0);
});
