/** Which success criteria can be measured: figures and conditions, but not what somebody feels (INCOSE R34). */
import { expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { clarityOf } from "../../../src/spec/scores/clarity.ts";

const TEXT = (criterion: string) =>
  `# Seats\n\n## Requirements\n\n- **FR-001**: System MUST show the seat number.\n\n## Success Criteria\n\n- **SC-001**: ${criterion}\n`;

function judged(criterion: string) {
  const spec = parseSpec("spec.md", TEXT(criterion));
  const found = checkSpec(spec, TEXT(criterion));
  const share = clarityOf(spec, found).parts.find(({ name }) => name === "measurable-criteria");
  return {
    warned: found.some(({ code }) => code === "SPEC_CRITERION_NOT_MEASURABLE"),
    counted: share?.counted,
  };
}

test.each([
  "Users are happy.",
  "All users love it.",
  "Every visitor enjoys the new seat map",
  "All customers are very satisfied with the result",
  "No user is ever unhappy.",
  "Everything feels great",
  "All pages are nice and modern",
  "Les clients sont contents",
  "Die Kunden sind zufrieden",
])("a feeling measures nothing: %s", (criterion) => {
  expect(judged(criterion)).toEqual({
    warned: true,
    counted: "0 of 1 success criterion measurable",
  });
});

test.each([
  "All deposits arrive on Sunday",
  "90 % of users are satisfied with the seat map",
  "Four of five visitors enjoy the seat map",
  "All users say in the survey that they are satisfied",
  "All constraints are satisfied",
  "No user likes the same post more than once",
  "Every seat is shown to exactly the people who may book it",
  "Parents see every payment on one page",
  "All pages are simple HTML without scripts",
  "Works offline",
  "Every love letter is delivered",
  "All is good until the seat is sold",
])("a figure or a condition does: %s", (criterion) => {
  expect(judged(criterion)).toEqual({
    warned: false,
    counted: "1 of 1 success criterion measurable",
  });
});
