/** ST-16: complexity, clarity and uncertainty are counted from the text, by the formula of docs/scores.md. */
import { readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkSpec } from "../../../src/spec/check-spec.ts";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { clarityOf } from "../../../src/spec/scores/clarity.ts";
import { complexityOf } from "../../../src/spec/scores/complexity.ts";
import { growing, scoreOf, spreading } from "../../../src/spec/scores/score.ts";
import { uncertaintyOf } from "../../../src/spec/scores/uncertainty.ts";
import { samples } from "./samples.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/specs");
const fixture = (name: string) => readFileSync(path.join(FIXTURES, `${name}.md`), "utf8");

function scores(text: string) {
  const spec = parseSpec("spec.md", text);
  const diagnostics = checkSpec(spec, text);
  return {
    complexity: complexityOf(spec),
    clarity: clarityOf(spec, diagnostics),
    uncertainty: uncertaintyOf(spec, diagnostics),
  };
}

const values = (text: string) => {
  const { complexity, clarity, uncertainty } = scores(text);
  return [complexity.value, clarity.value, uncertainty.value];
};

const countedIn = (text: string, score: keyof ReturnType<typeof scores>) =>
  Object.fromEntries(scores(text)[score].parts.map(({ name, counted }) => [name, counted]));

const complexityWith = (requirements: number) => {
  const lines = Array.from(
    { length: requirements },
    (_, at) => `- **FR-${String(at + 1).padStart(3, "0")}**: System MUST keep item ${at}.`,
  );
  return values(`# Feature Specification: A\n\n## Requirements\n\n${lines.join("\n")}\n`)[0] ?? 0;
};

describe("the formula", () => {
  test("a share is one half at the typical count, and spreads at half and twice of it", () => {
    expect([growing(0, 4), growing(4, 4), growing(36, 4)]).toEqual([0, 0.5, 0.9]);
    expect([spreading(0, 4), spreading(2, 4), spreading(4, 4), spreading(8, 4)]).toEqual([
      0, 0.2, 0.5, 0.8,
    ]);
  });

  test("weights that do not sum to 100 are a mistake of ours", () => {
    expect(() => scoreOf([{ name: "a", counted: "", weight: 99, share: 1 }])).toThrow("99");
  });

  test("any text has scores from 0 to 100, the same each time", () => {
    const line = fc.constantFrom(
      "## Requirements",
      "- **FR-001**: System MUST be fast",
      "- **FR-002**: A User [NEEDS CLARIFICATION: who?]",
      "### User Story 1 - A (Priority: P1)",
      "1. **Given** a, **When** b, **Then** c",
      "### Edge Cases",
      "- What happens then?",
      "- **User**: a person",
      "- **SC-001**: 90 % of users",
      "## Assumptions",
      "",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string()), { maxLength: 40 }), (lines) => {
        const text = `# Feature Specification: A\n${lines.join("\n")}`;
        const all = values(text);
        for (const value of all) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(100);
        }
        expect(values(text)).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });

  test("one more requirement never makes a spec less complex", () => {
    for (let count = 1; count < 40; count++)
      expect(complexityWith(count + 1)).toBeGreaterThanOrEqual(complexityWith(count));
  });
});

describe("what is counted", () => {
  test("an empty spec: nothing to build, nothing to go by, nothing known", () => {
    expect(values("")).toEqual([0, 0, 90]);
  });

  test("complexity: the parts of a large spec", () => {
    expect(countedIn(fixture("large"), "complexity")).toMatchObject({
      requirements: "56 requirements",
      scenarios: "48 acceptance scenarios",
      stories: "12 stories",
      entities: "12 entities",
      "edge-cases": "14 edge cases",
    });
  });

  test("clarity: findings on requirements, stories without scenarios, criteria without a measure", () => {
    expect(countedIn(fixture("unclear"), "clarity")).toEqual({
      "clear-requirements": "1 of 7 requirements without a finding",
      "stories-with-scenarios": "0 of 2 stories with a scenario that says what follows",
      "measurable-criteria": "0 of 2 success criteria measurable",
      "kinds-of-content": "3 of 3: stories, requirements, success criteria",
      "no-open-questions": "2 open clarifications",
    });
  });

  test("uncertainty: open questions, edge cases only asked, hedges, assumptions", () => {
    expect(countedIn(fixture("uncertain"), "uncertainty")).toMatchObject({
      "open-questions": "7 open questions or TBDs",
      "edge-cases-without-answer": "4 of 4 edge cases only asked",
      assumptions: "5 assumptions for 10 requirements",
      "hedged-requirements": "3 of 10 requirements hedged (should, may, if possible)",
    });
  });

  test("answering the questions lowers uncertainty and raises clarity", () => {
    const open = fixture("uncertain");
    const answered = open.replaceAll(/ \[NEEDS CLARIFICATION: [^\]]*\]/g, ", as agreed.");
    const [, clarity = 0, uncertainty = 0] = values(open);
    const [, clearer = 0, surer = 0] = values(answered);
    expect(clearer - clarity).toBeGreaterThan(30);
    expect(uncertainty - surer).toBeGreaterThan(30);
  });
});

describe("the scale reaches the thresholds of the rules", () => {
  test("a large spec is above 80, an unclear one below 40, an uncertain one above 70", () => {
    expect(values(fixture("large"))[0]).toBeGreaterThan(80);
    expect(values(fixture("unclear"))[1]).toBeLessThan(40);
    expect(values(fixture("uncertain"))[2]).toBeGreaterThan(70);
  });

  const specs = samples("spec-kit", "spec.md");

  test.skipIf(specs.length === 0)("real specs lie on it, complex ones as ranked by hand", () => {
    const of = (part: string) => {
      const file = specs.find((one) => one.includes(part));
      return values(file === undefined ? "" : readFileSync(file, "utf8"))[0] ?? 0;
    };
    const ranked = [
      "020-upgrade-expo",
      "003-allowance",
      "fmbetancourt__famifinances/specs/001",
      "010-events-explorer",
    ].map(of);
    expect(ranked).toEqual(ranked.toSorted((a, b) => a - b));
    expect(Math.abs(of("002-projects-work-items") - of("famifinances/specs/001"))).toBeLessThan(6);
    const all = specs.map((file) => values(readFileSync(file, "utf8")));
    expect(all.every(([complexity = 0]) => complexity <= 70)).toBe(true);
    expect(all.filter(([, clarity = 0]) => clarity < 40).length).toBeGreaterThan(0);
  });
});
