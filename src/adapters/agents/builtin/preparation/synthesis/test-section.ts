import { normalId } from "../../../../../stage/checks/ids.ts";
import type { TestStrategy } from "../../../../../stage/contracts/preparation.ts";
import { idRuns } from "../../synthesis/compact-lists.ts";
import { blocks, bullets, cell, inline, sentence, table } from "../../synthesis/markdown.ts";
import type { ImplementationModel } from "./implementation-model.ts";

/** The cases of one level; nothing where it has none. */
const caseTable = (
  level: string,
  cases: readonly TestStrategy["cases"][number][],
): string | undefined =>
  cases.length === 0
    ? undefined
    : blocks(
        `### ${inline(level)} cases`,
        table(
          ["Case", "Given", "When", "Then", "For", "Source"],
          cases.map(({ id, given, when, then, requirements, source }) => [
            cell(id),
            cell(given ?? ""),
            cell(when ?? ""),
            cell(then),
            cell(idRuns(requirements.map(normalId))),
            cell(source),
          ]),
        ),
      );

/** `## Test plan`: levels, every case with its source, shared fixtures, and what cannot be tested. */
export function testSection({ facts }: ImplementationModel): string {
  const tests = facts.tests;
  if (!tests)
    return blocks(
      "## Test plan",
      `There is no test strategy (${inline(facts.missing.find(({ part }) => part === "tests")?.reason ?? "not delivered")}): nothing here is tested yet.`,
    );
  const of = (level: string) => tests.cases.filter((one) => one.level === level);
  const levels = tests.levels.map(({ name }) => name);
  const others = [...new Set(tests.cases.map(({ level }) => level))].filter(
    (level) => !levels.includes(level),
  );
  return blocks(
    "## Test plan",
    table(
      ["Level", "What", "Why", "Cases"],
      tests.levels.map(({ name, purpose, reason }) => [
        cell(name),
        cell(purpose),
        cell(reason),
        String(of(name).length),
      ]),
    ),
    ...[...levels, ...others].map((level) => caseTable(level, of(level))),
    tests.fixtures.length > 0 &&
      blocks(
        "### Fixtures",
        bullets(
          tests.fixtures.map(({ name, contents }) => {
            const users = tests.cases.filter(({ fixtures }) => fixtures.includes(name));
            return `**${inline(name)}** (${users.length} ${users.length === 1 ? "case" : "cases"}): ${sentence(inline(contents))}`;
          }),
        ),
      ),
    blocks(
      "### Not testable as stated",
      tests.not_testable.length > 0
        ? bullets(
            tests.not_testable.map(
              ({ requirement, reason }) => `${inline(requirement)}: ${sentence(inline(reason))}`,
            ),
          )
        : "Every requirement and success criterion has a case.",
    ),
  );
}
