/** Every difference between Wavegate's answers and the original's, on the samples and on a plan of our own, is of a documented kind. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { readPlan } from "../../../../src/plan/read-plan.ts";
import { samples } from "../../spec/samples.ts";
import {
  bothViews,
  dependencyDeviations,
  type Deviation,
  initialised,
  nextDeviations,
  sequenceDeviations,
  taskDeviations,
} from "./deviations.ts";
import { LOOK_ALIKE } from "./look-alike.ts";

/** Kinds as the page names them, in its table. */
function documentedKinds(): readonly string[] {
  const page = readFileSync("docs/compatibility.md", "utf8");
  const table = page.slice(page.indexOf("kinds: begin"), page.indexOf("kinds: end"));
  return [...table.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind = ""]) => kind);
}

function allDeviations(file: string, text: string): readonly Deviation[] {
  const views = bothViews(text, readPlan([{ file, text }]));
  return [
    ...taskDeviations(views),
    ...(["seed", "head"] as const).flatMap((version) => {
      const status = initialised(file, text, version);
      return [
        ...(version === "head" ? dependencyDeviations(views, status) : []),
        ...sequenceDeviations(views, status),
        ...[1, 3, 5, 10].flatMap((count) => nextDeviations(views, status, version, count)),
      ];
    }),
  ];
}

const SECOND = `# Implementation Plan: Second

## Phase 1: One

**Execution Note:** Tasks 1.1, 1.2 are [SEQUENTIAL] - listed one by one

- [ ] 1.1 Write \`src/a.ts\`
- [ ] 1.2 Change \`src/b.ts\`
- [ ] 1.3 Rewrite \`src/c.ts\`
- [ ] 1.4 Update \`src/c.ts\`
- [ ] 1.5 First of two
- [ ] 1.5 Second of two
- [ ] Without an id
- [ ] 1.6 After all (depends on all Phase 1)

## Phase 2: Two

- [ ] 2.1 Publish
`;

const plans = [
  { file: "docs/plans/ferry.md", text: LOOK_ALIKE },
  { file: "docs/plans/ferry-crlf.md", text: LOOK_ALIKE.replaceAll("\n", "\r\n") },
  { file: "docs/plans/second.md", text: SECOND },
  ...samples("plans", ".md").map((file) => ({
    file: path.posix.join("docs/plans", path.basename(file)),
    text: readFileSync(file, "utf8"),
  })),
];

describe("deviations from the original", () => {
  const kinds = new Set(documentedKinds());

  test.each(plans)("$file: all of documented kinds", ({ file, text }) => {
    const unknown = allDeviations(file, text).filter(
      ({ kind }) => kind === undefined || !kinds.has(kind),
    );
    expect(unknown).toEqual([]);
  });

  test("every documented kind is seen on the plans of our own, so that none is invented", () => {
    const own = plans.slice(0, 3).flatMap(({ file, text }) => allDeviations(file, text));
    expect(new Set(own.map(({ kind }) => kind))).toEqual(kinds);
  });

  test.skipIf(plans.length > 3)(
    "skipped: the sample plans (../shared/samples) are not here",
    () => {
      expect(plans).toHaveLength(3);
    },
  );
});
