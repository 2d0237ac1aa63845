import { expect, test } from "vitest";
import { readChecklist } from "../../../../src/plan/spec-kit/read-checklist.ts";

test("items with id, tags, section and box; open ones hold up", () => {
  const text = [
    "# UX Checklist: Lending",
    "## Completeness",
    "- [ ] CHK001 Are all states named? [Completeness, Spec §FR-001]",
    "- [x] **CHK002** Is it [linked](a.md)? [Gap]",
    "* [X] Without an id",
    "```",
    "- [ ] CHK003 an example",
    "```",
    "- [ ] CHK001 - again",
    "- [-] CHK004 not asked",
  ].join("\r\n");
  const list = readChecklist({ file: "checklists/ux.md", text });
  expect(list).toMatchObject({
    title: "UX checklist: Lending",
    open: ["CHK001", "CHK001#2"],
    diagnostics: [],
  });
  expect(
    list.items.map(({ key, section, tags, text: said }) => [key, section, tags, said]),
  ).toEqual([
    [
      "CHK001",
      "Completeness",
      ["Completeness, Spec §FR-001"],
      "Are all states named? [Completeness, Spec §FR-001]",
    ],
    ["CHK002", "Completeness", ["Gap"], "Is it [linked](a.md)? [Gap]"],
    ["L5", "Completeness", [], "Without an id"],
    ["CHK001#2", "Completeness", [], "again"],
    ["CHK004", "Completeness", [], "not asked"],
  ]);
  for (const { box } of list.items) expect(text[box.offset]).toBe(box.mark);
  expect(readChecklist({ file: "x.md", text: "# Nothing" }).diagnostics).toMatchObject([
    { code: "PLAN_CHECKLIST_EMPTY" },
  ]);
});
