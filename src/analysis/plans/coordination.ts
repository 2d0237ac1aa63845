import { knownFile } from "../known-files.ts";
import type { AnalysisInput } from "../input.ts";
import type { Section, Statement } from "../model.ts";
import { counted, rowOf, stated, tableOf } from "../phrases.ts";
import type { PairVerdict, Verdict } from "./verdicts.ts";

/** Ways to let several plans run, and the verdicts that ask for each. */
const PATTERNS: readonly {
  readonly name: string;
  readonly holds: string;
  readonly costs: string;
  readonly for: readonly Verdict[];
}[] = [
  {
    name: "name the plan in every command",
    holds: "commands of one plan never act on another",
    costs: "no change of plans; commands take a plan",
    for: ["apart", "watch", "collide", "in order"],
  },
  {
    name: "one working copy and branch for each plan",
    holds: "files, index and branch of one plan are out of reach of the other",
    costs: "a merge for each plan, and disk for each copy",
    for: ["watch", "collide"],
  },
  {
    name: "merge one after the other, tests between",
    holds: "files that both write are brought together by hand once",
    costs: "the second plan merges what the first changed",
    for: ["collide"],
  },
  {
    name: "claim files while a task runs",
    holds: "two tasks never write one file at once, in one working copy",
    costs: "tasks wait for each other; all runners must claim",
    for: ["collide"],
  },
  {
    name: "one plan after the other",
    holds: "what is needed is there",
    costs: "no time is gained",
    for: ["in order"],
  },
  {
    name: "rename one of the plans",
    holds: "each has a status file of its own",
    costs: "its outputs are moved along",
    for: ["one status file"],
  },
];

/** What has to hold for plans to run at once, and ways to make it so. */
export function coordinationSections(
  input: AnalysisInput,
  verdicts: readonly PairVerdict[],
): readonly Section[] {
  const patterns = PATTERNS.map((each) => ({
    ...each,
    pairs: verdicts.filter(({ verdict }) => each.for.includes(verdict)),
  }));
  return [
    {
      id: "isolation",
      heading: "Isolation that is needed",
      blocks: [{ kind: "list", items: isolation(input, verdicts) }],
    },
    ...(verdicts.length === 0 ? [] : [coordination(patterns)]),
  ];
}

interface Pattern {
  readonly name: string;
  readonly holds: string;
  readonly costs: string;
  readonly pairs: readonly PairVerdict[];
}

const coordination = (patterns: readonly Pattern[]): Section => ({
  id: "coordination",
  heading: "Patterns for coordination",
  blocks: [
    tableOf(
      "Ways to let plans run beside each other, and for how many of these pairs each is of use",
      ["Pattern", "What it holds", "What it costs", "#Pairs"],
      patterns.map(({ name, holds, costs, pairs }) =>
        rowOf(
          [name, holds, costs, pairs.length],
          pairs.slice(0, 3).flatMap(({ places }) => places.slice(0, 1)),
        ),
      ),
    ),
  ],
});

function isolation(
  { plans, files }: AnalysisInput,
  verdicts: readonly PairVerdict[],
): readonly Statement[] {
  const pointers = files.filter(({ path }) => {
    const known = knownFile(path);
    return known?.id === "pointer" || known?.id === "feature pointer";
  });
  return [
    stated(
      pointers.length > 0
        ? `The pointer names one plan for the whole checkout: plans that run at once need commands that name theirs, or a worktree each.`
        : `No pointer file is there; commands without a plan have none to act on, and one pointer names one plan only.`,
      { value: pointers.length, unit: "pointer files" },
      pointers.map(({ path }) => ({ file: path })),
    ),
    ...(verdicts.length === 0 ? [] : apart(plans, verdicts)),
  ];
}

function apart(
  plans: AnalysisInput["plans"],
  verdicts: readonly PairVerdict[],
): readonly Statement[] {
  const s4 = plans.filter(({ plan }) => plan.dialect === "plan-file");
  const count = (verdict: Verdict) => verdicts.filter((each) => each.verdict === verdict);
  const [collide, status] = [count("collide"), count("one status file")];
  return [
    stated(
      s4.length === 0
        ? `${counted(verdicts.length, "pair")} of plans: none has a status file; boxes in the plans are all the state there is.`
        : `${status.length === 0 ? `Each of ${counted(s4.length, "plan file")} has a status file of its own` : `${counted(status.length, "pair")} of plan files share a status file`}.`,
      { value: status.length, unit: "pairs of plans", of: verdicts.length },
      status.flatMap(({ places }) => places),
    ),
    stated(
      `${counted(collide.length, "pair")} of plans write files of each other and need working copies of their own.`,
      { value: collide.length, unit: "pairs of plans", of: verdicts.length },
      collide.flatMap(({ places }) => places),
    ),
  ];
}
