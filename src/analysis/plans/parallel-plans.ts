import { findingOf } from "../finding.ts";
import type { AnalysisInput } from "../input.ts";
import type { Finding, Section, Statement } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";
import { coordinationSections } from "./coordination.ts";
import { planPairs, type PlanPair } from "./shared-resources.ts";
import { sharedState } from "./shared-state.ts";
import { VERDICTS, verdictOf, type PairVerdict, type Verdict } from "./verdicts.ts";

/** More plans make too many pairs to list. */
const MATRIX = 30;
const PAIRS = 200;
const FILES = 40;

/** Finding 2: which of these plans can run at once. */
export function parallelPlans(input: AnalysisInput): Finding {
  const pairs = planPairs(input.plans);
  const verdicts = pairs.map(verdictOf);
  return findingOf(2, {
    summary: summaryOf(input, verdicts),
    sections: [
      {
        id: "shared-state",
        heading: "Shared state",
        blocks: [
          tableOf(
            "What several plans use while they run",
            ["What", "Path", "#Plans", "Here", "Why it matters"],
            sharedState(input),
            PAIRS,
          ),
        ],
      },
      ...(pairs.length === 0
        ? []
        : [matrixSection(input, verdicts), conflictSection(pairs), feasibilitySection(verdicts)]),
      upstreamSection(input),
      ...coordinationSections(input, verdicts),
    ],
    gaps:
      pairs.length === 0
        ? ["One plan was given: which plans could run beside it was not looked at."]
        : [],
  });
}

const ORDER: readonly Verdict[] = [
  "apart",
  "watch",
  "collide",
  "in order",
  "one status file",
  "unknown",
];

function summaryOf(
  { plans }: AnalysisInput,
  verdicts: readonly PairVerdict[],
): readonly Statement[] {
  if (verdicts.length === 0)
    return [
      stated(
        "One plan was given, so none runs beside it.",
        { value: 1, unit: "plans" },
        plans.map(({ file }) => ({ file })),
      ),
    ];
  return ORDER.flatMap((verdict) => {
    const some = verdicts.filter((each) => each.verdict === verdict);
    const [first] = some;
    if (!first) return [];
    const names = `${first.pair.a.name} and ${first.pair.b.name}`;
    return [
      stated(
        `${some.length} of ${counted(verdicts.length, "pair")} of plans: ${VERDICTS[verdict]} (${some.length > 1 ? "such as " : ""}${names}: ${first.reason}).`,
        { value: some.length, unit: "pairs of plans", of: verdicts.length },
        first.places,
      ),
    ];
  });
}

/** Plans × plans: how many files tasks of both write, and how many one reads that the other writes. */
function matrixSection({ plans }: AnalysisInput, verdicts: readonly PairVerdict[]): Section {
  const shown = plans.slice(0, MATRIX);
  const cellOf = new Map(
    verdicts.map(({ pair: { a, b, shared }, verdict }) => {
      const written = shared.filter(({ bothWrite }) => bothWrite).length;
      const read = shared.length - written;
      const none = verdict === "unknown" ? "?" : "–";
      const text = shared.length === 0 ? none : `${written} / ${read}`;
      return [`${a.name}\n${b.name}`, text];
    }),
  );
  return {
    id: "conflict-matrix",
    heading: "Conflict matrix",
    blocks: [
      {
        kind: "note",
        text: "Files that tasks of both plans write / that one only reads; tasks that are done are left out. –: none is known. ?: too few tasks of one of them say what they touch. What no field declares is guessed from the words.",
      },
      tableOf(
        "Files that two plans share",
        ["Plan", ...shown.map((_, index) => `${index + 1}`)],
        shown.map(({ name, file }, row) =>
          rowOf(
            [
              `${row + 1} ${name}`,
              ...shown.map((other, column) =>
                row === column
                  ? "·"
                  : (cellOf.get(
                      row < column ? `${name}\n${other.name}` : `${other.name}\n${name}`,
                    ) ?? "–"),
              ),
            ],
            [{ file }],
          ),
        ),
        MATRIX,
      ),
    ],
  };
}

function conflictSection(pairs: readonly PlanPair[]): Section {
  const rows = pairs
    .flatMap(({ a, b, shared }) => shared.map((each) => ({ a, b, each })))
    .toSorted(
      (x, y) => Number(y.each.bothWrite) - Number(x.each.bothWrite) || y.each.pairs - x.each.pairs,
    )
    .map(({ a, b, each }) =>
      rowOf(
        [
          each.resource,
          `${a.name}: ${named(each.a, 4)}`,
          `${b.name}: ${named(each.b, 4)}`,
          each.pairs,
          each.bothWrite ? "both write" : "one reads",
        ],
        each.places,
      ),
    );
  return {
    id: "potential-conflicts",
    heading: "Potential conflicts",
    blocks: [
      rows.length > 0
        ? tableOf(
            "Files that tasks of two plans touch",
            ["File", "Tasks", "Tasks", "#Pairs", "How"],
            rows,
            FILES,
          )
        : {
            kind: "list",
            items: [
              stated("No file is known that unfinished tasks of two plans touch.", {
                value: 0,
                unit: "files",
              }),
            ],
          },
    ],
  };
}

/** What needs a decision first, what is not known last. */
const byVerdict = (a: PairVerdict, b: PairVerdict): number => FIRST[a.verdict] - FIRST[b.verdict];

const FIRST: Readonly<Record<Verdict, number>> = {
  "one status file": 0,
  collide: 1,
  watch: 2,
  "in order": 3,
  apart: 4,
  unknown: 5,
};

const feasibilitySection = (verdicts: readonly PairVerdict[]): Section => ({
  id: "feasibility",
  heading: "Feasibility of each pair",
  blocks: [
    tableOf(
      "Which plans can run at once",
      ["Plans", "Verdict", "Why"],
      verdicts
        .toSorted(byVerdict)
        .map(({ pair, verdict, reason, places }) =>
          rowOf(
            [`${pair.a.name} and ${pair.b.name}`, verdict, `${VERDICTS[verdict]}: ${reason}`],
            places,
          ),
        ),
      PAIRS,
    ),
  ],
});

function upstreamSection({ plans }: AnalysisInput): Section {
  const items = plans.flatMap(({ name, plan }) =>
    plan.upstream.map((need): Statement => ({
      text: `${name} needs ${need.name}${need.reason === "" ? "" : `: ${need.reason}`}`,
      places: [need.place],
    })),
  );
  return {
    id: "upstream",
    heading: "What plans say they need",
    blocks:
      items.length > 0
        ? [{ kind: "list", items }]
        : [
            {
              kind: "list",
              items: [
                stated("No plan says that it needs another first.", {
                  value: 0,
                  unit: "statements",
                  of: plans.length,
                }),
              ],
            },
          ],
  };
}
