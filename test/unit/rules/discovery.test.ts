/** The discovery stage by the built-in agents: what is asked, what is recommended, and how answers reach the plan. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { optionsIn } from "../../../src/adapters/agents/builtin/discovery/options-in.ts";
import { readDiscovery } from "../../../src/stage/discovery/read-discovery.ts";
import { DISCOVERY } from "../../../src/stage/built-in/discovery.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { applyRules } from "../../../src/stage/rules/apply-rules.ts";
import { samples } from "../spec/samples.ts";
import { circumstances } from "./circumstances.ts";
import { play } from "./play.ts";

const fixture = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../fixtures/specs/${name}.md`), "utf8");

const discover = (spec: string, more: Readonly<Record<string, string>> = {}) => {
  const played = play(DISCOVERY, { "spec.md": spec }, more);
  return { ...played, text: played.artifacts["discovery.md"] ?? "" };
};

const blocking = ({ checks }: ReturnType<typeof play>) =>
  checks.filter((check) => check.blocking && !check.passed).flatMap(({ findings }) => findings);

test.each([
  ["how often: hourly, daily or weekly?", ["hourly", "daily", "weekly"], "hourly"],
  [
    "by e-mail address, by link, or by both?",
    ["by e-mail address", "by link", "by both"],
    "by e-mail address",
  ],
  ["is adding items offline wanted too?", ["yes", "no"], "no"],
  ["for how long?", [], null],
  ["", [], null],
])("%j leaves %j open", (question, options, recommended) => {
  expect(optionsIn(question)).toMatchObject({ options, recommended });
});

test("every open question is asked, most important first, with what it decides and what planning goes on with", () => {
  const { text, ...played } = discover(fixture("unclear"));
  expect(blocking({ ...played })).toEqual([]);
  const questions = readDiscovery(text);
  expect(questions[0]).toEqual({
    id: "Q1",
    question: "how often is the Digest sent: hourly, daily or weekly?",
    decides: "how FR-003 is built (FR-003, line 24)",
    options: ["hourly", "daily", "weekly"],
    recommended: "hourly, because the question names it first; the others stay possible",
    answer: undefined,
  });
  expect(questions.map(({ question }) => question)).toEqual(
    expect.arrayContaining([
      "for how long?",
      "What happens when a push service is down?",
      "When exactly does FR-002 apply, and when not?",
      "By which number or condition is SC-001 measured?",
      "What does a person do in US1, and what do they see then?",
    ]),
  );
  expect(text).toContain("| Channel |");
  expect(text).toContain("**Key entities:**");
});

test("answers in words and in the file stay, and go on into the plan's assumptions and clarifications", () => {
  const first = discover(fixture("unclear")).text;
  const edited = first.replace("**Answer:** open", "**Answer:** daily");
  const { text } = discover(fixture("unclear"), {
    "previous/discovery.md": edited,
    "rework.json": JSON.stringify(["Q2: 24 hours\nPlease hurry."]),
  });
  expect(
    readDiscovery(text)
      .slice(0, 2)
      .map(({ answer }) => answer),
  ).toEqual(["daily", "24 hours"]);
  expect(text).toContain("Please hurry");
  const about = circumstances({ clarity: 11, uncertainty: 90 });
  const { stage } = applyRules(PLANNING, about);
  const plan = play(stage, {
    "spec.md": fixture("unclear"),
    "discovery.md": text,
    "people.json": JSON.stringify([{ by: "ada", at: "gate 1 of discovery", text: "No push." }]),
  });
  expect(blocking(plan)).toEqual([]);
  const written = plan.artifacts["plan.md"] ?? "";
  expect(written).toMatch(/hourly, daily or weekly\? \| FR-003 \|[^|]*\| answered: daily/);
  expect(written).toContain("answered in discovery");
  expect(written).toContain("ada, gate 1 of discovery: No push.");
});

describe("whatever the specification is", () => {
  test.each(["large", "uncertain", "bike-sharing"])("%s: all sections, all checks", (name) => {
    expect(blocking(discover(fixture(name)))).toEqual([]);
  });

  test("an empty one: every part is missing", () => {
    const { text } = discover("# Feature Specification: Nothing\n");
    expect(text).toContain("**User stories:**");
    expect(text).toContain("**Success criteria:**");
    expect(text).toContain("Nothing has to be asked.");
  });

  const specs = samples("spec-kit", "spec.md");
  test.skipIf(specs.length === 0)(
    "real ones pass their checks",
    () => {
      for (const file of specs)
        expect([file, blocking(discover(readFileSync(file, "utf8")))]).toEqual([file, []]);
    },
    60_000,
  );
});
