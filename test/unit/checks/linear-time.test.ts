/** Whatever agents write, the checks take time in proportion to it. */
import { expect, test } from "vitest";
import { parseSpec } from "../../../src/spec/parse-spec.ts";
import { PLANNING } from "../../../src/stage/built-in/planning.ts";
import { runChecks } from "../../../src/stage/checks/run-checks.ts";
import { SMALL_SPEC } from "../../../src/testing/small-planning.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";

const spec = parseSpec("spec.md", SMALL_SPEC);
const PHASE = "## Phase 1: A\n\n**Effort:** 1/2/3 days\n\n";
const numbered = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");

const HOSTILE: readonly (readonly [name: string, make: (size: number) => string])[] = [
  ["headings", (n) => filled("# a\n", n * 5)],
  ["headings of all levels", (n) => filled("# a\n## b\n### c\n###### d\n", n)],
  ["a heading of links", (n) => `# ${filled("](", n)}`],
  ["open quotes", (n) => filled("“", n)],
  ["open code", (n) => filled("` ``", n)],
  ["open templates", (n) => filled("{{ a", n)],
  ["open marks", (n) => filled("[AAA: ", n)],
  ["open links", (n) => filled("[](a", n)],
  ["open link texts", (n) => filled("[", n)],
  ["links to one heading", (n) => `# a\n${filled("[x](#a) ", n)}\n${filled("## b\n", n)}`],
  ["fences", (n) => filled("```\n~~~\n", n)],
  ["comments", (n) => filled("<!--", n)],
  ["ranges", (n) => filled("FR-1 to ", n)],
  ["spaces after an id", (n) => filled(`FR-1${" ".repeat(200)}`, n)],
  ["dotted words", (n) => filled("a.1-", n)],
  ["tasks", (n) => PHASE + numbered(n / 16, (i) => `- [ ] 1.${i} Do (FR-001) [1/1/1 days]`)],
  ["tasks of one id", (n) => PHASE + filled("- [ ] 1.1 Do\n", n * 8)],
  [
    "tasks that wait for a phase",
    (n) =>
      PHASE + numbered(n / 16, (i) => `- [ ] 1.${i} Do (depends: all Phase 1, all Phases 1-9)`),
  ],
  ["phases", (n) => numbered(n / 3, (i) => `## Phase ${i}: A\n- [ ] ${i}.1 Do [1/1/1 days]`)],
  ["open dependencies", (n) => `${PHASE}- [ ] 1.1 ${filled("(depends: ", n)}`],
  ["efforts", (n) => `${PHASE}- [ ] 1.1 ${filled("1/", n)}`],
  ["control characters", (n) => filled("\u001B]\u202E\n", n)],
  ["elements", (n) => filled("<a ", n)],
  ["one element", (n) => `<a ${filled(" on", n)}`],
  ["open addresses", (n) => filled("url( ", n)],
  ["one line of control characters", (n) => filled("\u001B", n)],
];

test.each(HOSTILE)(
  "a plan of %s",
  (_, make) => {
    expect(
      growthOf(
        make,
        (plan) => {
          const results = runChecks({
            spec,
            artifacts: { "plan.md": plan },
            stage: PLANNING,
            documents: { "data-model.md": plan },
            analyses: {},
            review: null,
          });
          expect(results.length).toBeGreaterThan(0);
        },
        4_000,
      ),
    ).toBe("linear");
  },
  PATIENCE_MS,
);
