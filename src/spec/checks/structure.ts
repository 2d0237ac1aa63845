import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import type { Spec } from "../model.ts";
import type { SectionKind } from "../section-kinds.ts";
import { MAX_LINE } from "../../core/markdown/source-lines.ts";
import { finding, type Check, type CheckInput } from "./passage.ts";

const START = { line: 1, column: 1 };

function nothingToPlan(spec: Spec): readonly Diagnostic[] {
  if (spec.requirements.length > 0) return [];
  if (spec.stories.length > 0)
    return [
      finding(spec, ["SPEC_NO_REQUIREMENTS", "warning"], START, [
        "There are user stories but no requirement with an id.",
        "Write the requirements as list items such as `- **FR-001**: System MUST …`, so that a plan can be traced to them.",
      ]),
    ];
  return [
    finding(spec, ["SPEC_NO_REQUIREMENTS", "error"], START, [
      "There are neither requirements with an id nor user stories in this file.",
      "Give the specification itself (spec.md); requirements are list items such as `- **FR-001**: System MUST …`.",
    ]),
  ];
}

const MANDATORY: readonly (readonly [SectionKind, string, (spec: Spec) => number])[] = [
  ["stories", "User Scenarios & Testing", (spec) => spec.stories.length],
  ["requirements", "Requirements", (spec) => spec.requirements.length],
  ["success-criteria", "Success Criteria", (spec) => spec.criteria.length],
];

function missingSections({ spec }: CheckInput): readonly Diagnostic[] {
  if (spec.requirements.length + spec.stories.length === 0) return [];
  return MANDATORY.flatMap(([kind, title, count]) =>
    count(spec) > 0 || spec.sections.some((section) => section.kind === kind)
      ? []
      : [
          finding(spec, ["SPEC_MISSING_SECTION", "warning"], START, [
            `The mandatory section "${title}" is missing.`,
            `Add a section "## ${title}", or say in the spec why it does not apply.`,
          ]),
        ],
  );
}

function withoutIds({ spec, found }: CheckInput): readonly Diagnostic[] {
  const missing = [
    ...spec.unnumbered.map((item) => ["requirement", "FR", item] as const),
    ...found.unnumberedCriteria.map((item) => ["success criterion", "SC", item] as const),
  ];
  return missing.map(([what, family, item]) =>
    finding(
      spec,
      [family === "FR" ? "SPEC_REQUIREMENT_WITHOUT_ID" : "SPEC_CRITERION_WITHOUT_ID", "warning"],
      item,
      [
        `This ${what} has no id: "${oneLine(item.text, 60)}".`,
        `Give it one, such as **${family}-001**; without an id no plan or test can be traced to it.`,
      ],
    ),
  );
}

const longLines = ({ spec, lines }: CheckInput): readonly Diagnostic[] =>
  lines
    .filter(({ cut }) => cut)
    .map(({ number }) =>
      finding(spec, ["SPEC_LINE_TOO_LONG", "warning"], { line: number, column: MAX_LINE }, [
        `The line is longer than ${MAX_LINE} characters; the rest of it was not read.`,
        "Break the line.",
      ]),
    );

/** What a spec must have at all: something to plan from, the mandatory sections, ids, lines of a sane length. */
export const checkStructure: Check = (input) => [
  ...nothingToPlan(input.spec),
  ...missingSections(input),
  ...withoutIds(input),
  ...longLines(input),
];
