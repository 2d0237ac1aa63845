import { expect, test } from "vitest";
import { findFeature, type FeatureSigns } from "../../../../src/plan/spec-kit/find-feature.ts";

const FOLDERS = [
  "specs/001-a",
  "specs/003-login",
  "specs/003-other",
  "specs/010-pay",
  "specs/20260131-093000-late",
];
const find = (signs: Partial<FeatureSigns>) => findFeature({ folders: FOLDERS, ...signs });

test.each<[signs: Partial<FeatureSigns>, folder: string, rule: string]>([
  [
    {
      directory: "./specs/001-a/",
      featureJson: '{"feature_directory":"specs/010-pay"}',
      branch: "003-login",
    },
    "specs/001-a",
    "SPECIFY_FEATURE_DIRECTORY",
  ],
  [{ directory: "/elsewhere/x" }, "/elsewhere/x", "SPECIFY_FEATURE_DIRECTORY"],
  [
    { directory: " ", featureJson: '\uFEFF{"feature_directory":"specs\\\\010-pay"}' },
    "specs/010-pay",
    "feature.json",
  ],
  [{ feature: "010-pay", branch: "001-a" }, "specs/010-pay", "SPECIFY_FEATURE"],
  [{ feature: "010-whatever" }, "specs/010-pay", "SPECIFY_FEATURE"],
  [{ branch: "001-renamed" }, "specs/001-a", "branch"],
  [{ branch: "feature/003-login" }, "specs/003-login", "branch"],
  [{ branch: "20260131-093000-late" }, "specs/20260131-093000-late", "branch"],
  [{ folders: FOLDERS.slice(0, 4) }, "specs/010-pay", "highest number"],
  [{}, "specs/20260131-093000-late", "highest number"],
])("%j", (signs, folder, rule) => {
  expect(find(signs)).toMatchObject({ found: true, folder, rule });
});

test.each<[signs: Partial<FeatureSigns>, last: string]>([
  [{ featureJson: "{", branch: "001-a" }, "feature.json: it is no JSON"],
  [{ featureJson: "[]", branch: "001-a" }, 'feature.json: it has no "feature_directory"'],
  [
    { feature: "099-none", branch: "001-a" },
    "SPECIFY_FEATURE: it names 099-none, and there is no folder 099-…",
  ],
  [{ branch: "003-third" }, "highest number: only counts without git"],
  [{ branch: "main" }, "highest number: only counts without git"],
  [{ folders: ["specs/readme"] }, "highest number: no folder has a number"],
])("%j is not found, with every reason", (signs, last) => {
  const answer = find(signs);
  if (answer.found) throw new Error("found");
  const said = answer.wrong ?? answer.passed.at(-1);
  expect(`${said?.rule}: ${said?.reason}`).toBe(last);
  // What is named and not there is not passed over; that nothing is named is.
  expect(answer.wrong !== undefined).toBe(said?.reason.startsWith("it ") === true);
});

test("all rules that were asked say why they found nothing", () => {
  expect(find({ branch: "003-third" })).toEqual({
    found: false,
    wrong: undefined,
    passed: [
      { rule: "SPECIFY_FEATURE_DIRECTORY", reason: "not set" },
      { rule: "feature.json", reason: "there is none" },
      { rule: "SPECIFY_FEATURE", reason: "not set" },
      { rule: "branch", reason: "several folders have the number 003: 003-login, 003-other" },
      { rule: "highest number", reason: "only counts without git" },
    ],
  });
});
