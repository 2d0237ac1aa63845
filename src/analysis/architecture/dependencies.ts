import { formatPlace } from "../../core/place.ts";
import type { FilePlace } from "../../core/place.ts";
import type { Origin, Plan, PlanDiagnostic } from "../../plan/model.ts";
import { dependenciesOf } from "../../plan/original/declared-dependencies.ts";
import { sequentialGroups } from "../../plan/original/execution-notes.ts";
import { readStrictly } from "../../plan/original/read-strictly.ts";
import { checksOf } from "../checks.ts";
import type { AnalysedPlan, AnalysisInput } from "../input.ts";
import type { Block, Section, Statement } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";

export interface DependencyPart {
  readonly headlines: readonly Statement[];
  readonly sections: readonly Section[];
}

const PLANS = 100;

/** What the plans say of order, what the original tool sees of it, and what is wrong. */
export function dependencySections({ plans }: AnalysisInput): DependencyPart {
  const counts = plans.map(({ plan }) => orderPlaces(plan));
  const all = counts.flatMap((byOrigin) => [...byOrigin.values()].flat());
  const of = (...origins: readonly Origin[]) =>
    counts.flatMap((byOrigin) => origins.flatMap((origin) => byOrigin.get(origin) ?? []));
  const said = of(...SAID);
  const others = [...IN_SHORT]
    .filter(([origin]) => of(origin).length > 0)
    .map(([origin, words]) => `${words} (${of(origin).length})`);
  const views = plans.filter(({ plan }) => plan.dialect === "plan-file").map(originalOf);
  const lost = views.flatMap(({ unseen }) => unseen);
  const ofAll = views.reduce((sum, { tasks }) => sum + tasks, 0);
  const told = plans.flatMap(({ diagnostics }) => diagnostics);
  return {
    headlines: [
      stated(
        `${said.length} of ${counted(all.length, "statement")} on order ${said.length === 1 ? "is" : "are"} said in words of tasks or phases${others.length > 0 ? `; the others: ${others.join(", ")}` : ""}.`,
        { value: said.length, unit: "statements on order", of: all.length },
        said.slice(0, 3),
      ),
      ...(views.length === 0
        ? []
        : [
            stated(
              lost.length === 0
                ? `The original tool of plan files sees all ${counted(ofAll, "task")}.`
                : `The original tool of plan files does not see ${lost.length} of ${counted(ofAll, "task")}.`,
              { value: lost.length, unit: "tasks", of: ofAll },
              lost.slice(0, 3),
            ),
          ]),
    ],
    sections: [
      edgesSection(plans, counts),
      ...(views.length === 0 ? [] : [originalSection(views)]),
      diagnosticsSection(told),
    ],
  };
}

/** Where a plan says what waits for what, by origin; the steps of a sequence are one each, a verification is one however many wait. */
function orderPlaces(plan: Plan): ReadonlyMap<Origin, readonly FilePlace[]> {
  const places = new Map<Origin, FilePlace[]>();
  const add = (origin: Origin, place: FilePlace) => {
    const some = places.get(origin);
    if (some) some.push(place);
    else places.set(origin, [place]);
  };
  for (const { after } of plan.phases) for (const { origin, place } of after) add(origin, place);
  for (const { origin, place } of plan.dependencies)
    if (origin !== "verification") add(origin, place);
  for (const { tasks, place } of plan.sequences)
    for (let step = 1; step < tasks.length; step++) add("sequential", place);
  for (const { holdsBack, place } of checksOf(plan)) if (holdsBack) add("verification", place);
  return places;
}

const MEANINGS: Readonly<Record<Origin, string>> = {
  barrier: "a phase waits for the one before",
  explicit: "the text says so",
  sequential: "next to each other in a group that runs one at a time",
  "same-file": "the text says that both change one file",
  verification: "what comes behind waits until it is verified",
  story: "the order of setup, foundation, stories, polish",
  order: "not marked parallel, so in the order of the document",
  part: "a task waits for its sub-tasks",
  inferred: "guessed from what the text names",
};

const SAID: ReadonlySet<Origin> = new Set(["explicit", "sequential", "same-file"]);

/** Why there is order that nobody put in words, as a headline has it. */
const IN_SHORT: ReadonlyMap<Origin, string> = new Map([
  ["barrier", "barriers between phases"],
  ["verification", "verifications that hold back what is behind them"],
  ["story", "order of setup, foundation, stories, polish"],
  ["order", "order of the document"],
  ["part", "tasks with sub-tasks"],
  ["inferred", "guesses from what the text names"],
]);

function edgesSection(
  plans: readonly AnalysedPlan[],
  counts: readonly ReadonlyMap<Origin, readonly FilePlace[]>[],
): Section {
  const rows = plans.flatMap(({ name }, index) =>
    [...(counts[index] ?? [])].map(([origin, places]) =>
      rowOf([name, origin, places.length, MEANINGS[origin]], places),
    ),
  );
  return {
    id: "edges-by-origin",
    heading: "What waits for what, and why",
    blocks: [
      tableOf(
        "Statements on order in each plan, by origin",
        ["Plan", "Origin", "#Statements", "Meaning"],
        rows,
        PLANS * 9,
      ),
    ],
  };
}

interface OriginalView {
  readonly name: string;
  readonly file: string;
  readonly tasks: number;
  readonly seen: number;
  readonly unseen: readonly FilePlace[];
  readonly unseenIds: readonly string[];
  readonly said: number;
  readonly edges: number;
  readonly groups: number;
  readonly originalGroups: number;
}

/** What S4's own tool reads in a plan. Tasks are told apart by their ids, of which each counts once for each time it is there. */
function originalOf({ name, file, plan, text }: AnalysedPlan): OriginalView {
  const strict = readStrictly(text);
  const left = new Map<string, number>();
  for (const { id } of strict.tasks) left.set(id, (left.get(id) ?? 0) + 1);
  const unseen = plan.tasks.filter(({ id }) => {
    const count = id === undefined ? 0 : (left.get(id) ?? 0);
    if (id !== undefined && count > 0) left.set(id, count - 1);
    return count === 0;
  });
  return {
    name,
    file,
    tasks: plan.tasks.length,
    seen: plan.tasks.length - unseen.length,
    unseen: unseen.map(({ place }) => place),
    unseenIds: unseen.map(({ key }) => key),
    said: plan.dependencies.filter(({ origin }) => origin === "explicit").length,
    edges: strict.tasks.reduce(
      (sum, { description }) => sum + dependenciesOf(description).length,
      0,
    ),
    groups: plan.sequences.length,
    originalGroups: sequentialGroups(text).filter(({ taskIds }) => taskIds.length > 1).length,
  };
}

const originalSection = (views: readonly OriginalView[]): Section => ({
  id: "original-view",
  heading: "What the original tool of plan files sees",
  blocks: [
    tableOf(
      "Read with the original's grammar, beside what the text says",
      [
        "Plan",
        "#Tasks",
        "#Tasks seen",
        "#Dependencies said",
        "#Dependencies seen",
        "#Groups one at a time",
        "#Groups seen",
      ],
      views.map(({ name, file, tasks, seen, said, edges, groups, originalGroups }) =>
        rowOf([name, tasks, seen, said, edges, groups, originalGroups], [{ file }]),
      ),
      PLANS,
    ),
    {
      kind: "list",
      items: views.flatMap(({ name, tasks, unseen, unseenIds }) =>
        unseen.length === 0
          ? []
          : [
              stated(
                `${name}: ${unseen.length} of ${tasks} tasks are not there for the original: ${named(unseenIds)}.`,
                { value: unseen.length, unit: "tasks", of: tasks },
                unseen,
              ),
            ],
      ),
    },
  ],
});

const NOTHING_WRONG: Block = {
  kind: "list",
  items: [stated("Nothing is wrong with these plans.", { value: 0, unit: "diagnostics" })],
};

/** All that is wrong with the plans, each kind once. */
function diagnosticsSection(told: readonly PlanDiagnostic[]): Section {
  const byCode = new Map<string, PlanDiagnostic[]>();
  for (const each of told) {
    const some = byCode.get(each.code);
    if (some) some.push(each);
    else byCode.set(each.code, [each]);
  }
  const groups = [...byCode].toSorted(
    ([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1),
  );
  return {
    id: "diagnostics",
    heading: "What is wrong, or read differently by other tools",
    blocks:
      groups.length === 0
        ? [NOTHING_WRONG]
        : [
            tableOf(
              "Diagnostics by kind",
              ["Code", "Severity", "#Times", "The original", "First"],
              groups.flatMap(([code, some]) => {
                const [first] = some;
                if (!first) return [];
                return [
                  rowOf(
                    [
                      code,
                      first.severity,
                      some.length,
                      first.original ?? null,
                      `${formatPlace(first.place)}: ${first.message}`,
                    ],
                    some.map(({ place }) => place),
                  ),
                ];
              }),
              PLANS,
            ),
          ],
  };
}
