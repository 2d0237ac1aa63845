/** What lies next to a specification reaches the roles by name (PL-01, S0 §8.1, S2 §8). */
import { expect, test } from "vitest";
import { readSpec } from "../../../src/app/read-spec.ts";
import { stageInput } from "../../../src/app/stage-input.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { documentsOf } from "../documents.ts";

const FOLDER = "specs/001";
const BESIDE = [
  "architecture.md",
  "checklist.md",
  "data-model.md",
  "quality_checklist.md",
  "quickstart.md",
  "research.md",
  "stakeholders.md",
];

const never = () => {
  throw new Error("planning does not look at the repository");
};

test("documents that Spec Kit or people put there are handed on, others are not", async () => {
  const disk = new Map([
    [`${FOLDER}/spec.md`, "# Feature Specification: Lend\n\n- **FR-001**: System MUST lend.\n"],
    [".specify/memory/constitution.md", "# Constitution\n"],
    [`${FOLDER}/diary.md`, "Dear diary\n"],
    ...BESIDE.map((name) => [`${FOLDER}/${name}`, `This is ${name}.\n`] as const),
  ]);
  const documents = documentsOf(disk);
  const report = await readSpec(documents, `${FOLDER}/spec.md`);
  if (!report.ok) throw report.error;
  const { extras, skipped } = await stageInput(
    { documents, project: "/p", repository: { read: never }, dependencyAudit: { audit: never } },
    {
      stage: PLANNING,
      scope: "planning",
      report: report.value,
      holds: [],
      agentLimit: null,
      refresh: false,
    },
  );
  expect(extras).toEqual({
    ...Object.fromEntries(BESIDE.map((name) => [name, `This is ${name}.\n`])),
    "constitution.md": "# Constitution\n",
  });
  expect(skipped).toEqual([]);
});
