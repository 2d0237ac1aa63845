import { idsIn, normalId, ownIds } from "../../../../../stage/checks/ids.ts";
import type { ProposedWork } from "../../../../../stage/contracts/preparation.ts";
import { acyclic } from "../../analysis/links.ts";
import { clause, sentenceList } from "../../synthesis/markdown.ts";
import type { DraftPhase, DraftTask } from "../../synthesis/draft-phases.ts";
import { titleOf } from "../basis.ts";
import { knownOf } from "./beside-lines.ts";
import { doneWhen } from "./shown-by.ts";
import { isRequirement, type PreparationFacts } from "../review/preparation-facts.ts";
import { allWork, type PartName } from "../review/read-preparations.ts";

/** Longest title. */
const TITLE = 150;

type Step = "foundation" | "core" | "quality";

interface Work {
  readonly id: string;
  readonly title: string;
  readonly ids: readonly string[];
  readonly needs: readonly string[];
  readonly details: readonly string[];
  readonly step: Step;
  readonly effort: DraftTask["effort"];
  readonly origin: DraftTask["origin"];
}

const STEPS: readonly { readonly step: Step; readonly title: string; readonly goal: string }[] = [
  {
    step: "foundation",
    title: "Foundation",
    goal: "Module structure, data models and contracts stand, so that the rest can be built side by side.",
  },
  {
    step: "core",
    title: "Core logic",
    goal: "Every requirement does what it says, with the adapters to what is outside.",
  },
  {
    step: "quality",
    title: "Quality and polish",
    goal: "The whole is shown to hold, its readers have their documents, and what was left open is settled.",
  },
];

const GROUNDWORK =
  /^(?:create the|set up|scaffold|model|lay out|define (?:the )?(?:data|schema|contract|interface)|agree|fix the|write the fixtures|establish)\b/i;

/** Its own word, else by who proposed it; of the core's work what reads like groundwork comes first. */
function stepOf({ phase, title, from }: ProposedWork & { readonly from: PartName }): Step {
  if (phase) return phase;
  if (from === "tests" || from === "docs") return "quality";
  return GROUNDWORK.test(title) ? "foundation" : "core";
}

/** What stands below a task: what it waits for outside this plan is nobody's to say; where it is and what shows it. */
function detailsOf(
  work: ProposedWork & { readonly from: PartName },
  facts: PreparationFacts,
  step: Step,
): readonly string[] {
  if (work.from !== "core" || step !== "core") return [];
  const { tests, core } = facts;
  const ids = work.requirements.map(normalId);
  const named = (tests?.cases ?? []).filter(({ requirements }) =>
    ids.some((id) => requirements.map(normalId).includes(id)),
  );
  const before = named.filter(({ source }) => !source.startsWith("SC-"));
  const cases = before.length > 0 ? before : named;
  const operations = (core?.interfaces ?? []).flatMap((one) => {
    const own = one.operations
      .filter(({ requirements }) => requirements.some((id) => ids.includes(normalId(id))))
      .map(({ name }) => name);
    return own.length === 0
      ? []
      : [`${sentenceList(own, 4)}${one.module === work.builds ? "" : ` of ${one.module}`}`];
  });
  return [
    [
      core?.modules.some(({ name }) => name === work.builds) ? `In ${work.builds}` : "",
      operations.length > 0 ? `behind ${sentenceList(operations)}` : "",
    ]
      .filter(Boolean)
      .join(", "),
    doneWhen(cases, ids),
    ...ids.flatMap((id) => knownOf({ facts }, id)),
  ].filter(Boolean);
}

function proposed(facts: PreparationFacts, known: ReadonlySet<string>): readonly Work[] {
  return allWork(facts).map((work) => {
    const step = stepOf(work);
    return {
      id: work.id,
      title: clause(work.title, TITLE),
      ids: [...new Set(work.requirements.map(normalId))].filter((id) => known.has(id)),
      needs: work.depends_on,
      details: detailsOf(work, facts, step),
      step,
      effort: effortOf(work, facts, step),
      origin: "estimation",
    };
  });
}

/** What who proposed the work says; of one requirement's work, what the plan says of the task that is for it alone. */
function effortOf(
  { effort_days: own, requirements, from }: ProposedWork & { readonly from: PartName },
  { basis }: PreparationFacts,
  step: Step,
): DraftTask["effort"] {
  if (own) return [own.optimistic, own.likely, own.pessimistic];
  const [id, ...others] = requirements.map(normalId);
  if (from !== "core" || step !== "core" || id === undefined || others.length > 0) return undefined;
  return basis.plan.work.tasks.find(({ ids }) => ids.length === 1 && ids[0] === id)?.effort;
}

/** Ids that nobody proposed work for get a task; so does what the plan does against its risks. */
function added(
  facts: PreparationFacts,
  work: readonly Work[],
  known: ReadonlySet<string>,
): readonly Work[] {
  const { basis, ids } = facts;
  const carried = new Set(work.flatMap((one) => one.ids));
  const missing = ids
    .filter((id) => !carried.has(id))
    .map((id): Work => {
      const demand = basis.around.demands.find((one) => normalId(one.id) === id);
      const text =
        [...basis.spec.requirements, ...basis.spec.criteria].find((one) => normalId(one.id) === id)
          ?.text ?? id;
      return {
        id: `review/${id}`,
        title: isRequirement(id)
          ? clause((demand && titleOf(demand, basis)) || text || id, TITLE)
          : `Show that ${id} holds: ${clause(text, 100)}`,
        ids: [id],
        needs: [],
        details: [],
        step: isRequirement(id) ? "core" : "quality",
        effort: undefined,
        origin: "review",
      };
    });
  const doing = (id: string): readonly string[] =>
    work.filter((one) => one.step === "core" && one.ids.includes(id)).map((one) => one.id);
  const mitigations = basis.plan.work.tasks
    .filter((task) => task.ids.some((id) => id.startsWith("R-") && known.has(id)))
    .map((task): Work => {
      const before = task.dependsOn.flatMap(
        (other) => basis.plan.work.tasks.find(({ id }) => id === other)?.ids ?? [],
      );
      return {
        id: `plan/${task.id}`,
        title: clause(task.text.replace(/\s*(?:\(|\[|—\s).*$/s, ""), TITLE),
        ids: task.ids.filter((id) => known.has(id)),
        needs: [...new Set([...before, ...task.ids].flatMap(doing))],
        details: [`In plan.md as task ${task.id}`],
        step: "core",
        effort: task.effort,
        origin: "estimation",
      };
    });
  return [...missing, ...mitigations];
}

const RANK: Readonly<Record<Step, number>> = { foundation: 0, core: 1, quality: 2 };
const AT: readonly Step[] = ["foundation", "core", "quality"];

/** Waits for unknown work, and those that would close a circle, are dropped; nothing stands before what it waits for. */
function settled(all: readonly Work[]): readonly Work[] {
  const ids = new Set(all.map(({ id }) => id));
  const links = acyclic(
    all.flatMap(({ id, needs }) =>
      needs.filter((to) => ids.has(to) && to !== id).map((to) => ({ from: id, to, reason: "" })),
    ),
  );
  const needs = new Map<string, string[]>();
  for (const { from, to } of links) needs.set(from, [...(needs.get(from) ?? []), to]);
  const byId = new Map(all.map((one) => [one.id, one]));
  const done = new Map<string, number>();
  const rankOf = (id: string): number => {
    const known = done.get(id);
    if (known !== undefined) return known;
    done.set(id, RANK[byId.get(id)?.step ?? "core"]);
    const rank = Math.max(RANK[byId.get(id)?.step ?? "core"], ...(needs.get(id) ?? []).map(rankOf));
    done.set(id, rank);
    return rank;
  };
  return all.map((one) => ({
    ...one,
    needs: needs.get(one.id) ?? [],
    step: AT[rankOf(one.id)] ?? "core",
  }));
}

/** The three phases of S2 §9 with all work in them, in an order that can be built; excluded ids and work that only served them left out. */
export function draftImplementation(
  facts: PreparationFacts,
  excluded: ReadonlySet<string>,
): readonly DraftPhase[] {
  const { basis, ids } = facts;
  const known = new Set([
    ...ids,
    ...ownIds(basis.spec),
    ...basis.plan.risks.map(({ id }) => normalId(id)),
    ...basis.plan.work.tasks
      .flatMap((task) => task.ids.flatMap((id) => idsIn(id)))
      .filter((id) => /^(?:N?FR|SC|US|R)-?\d/.test(id)),
  ]);
  const first = proposed(facts, known);
  const all = settled([...first, ...added(facts, first, known)])
    .filter((one) => one.ids.length === 0 || !one.ids.every((id) => excluded.has(id)))
    .map((one) => ({ ...one, ids: one.ids.filter((id) => !excluded.has(id)) }));
  const phases = STEPS.map(({ step, title, goal }) => ({
    key: step,
    title,
    goal,
    deliverables: [],
    tasks: all
      .filter((one) => one.step === step)
      .map(({ id, title: told, details, ids: named, needs, effort, origin }): DraftTask => ({
        key: id,
        title: told,
        details,
        ids: named,
        needs,
        effort,
        origin,
      })),
  })).filter(({ tasks }) => tasks.length > 0);
  return phases.length > 0 ? phases : [nothingToBuild];
}

const nothingToBuild: DraftPhase = {
  key: "foundation",
  title: "Foundation",
  goal: "Say what is to be built: neither specification nor preparations name anything.",
  deliverables: [],
  tasks: [
    {
      key: "none",
      title: "Write down what is wanted, each with a way to test it",
      details: [],
      ids: [],
      needs: [],
      effort: undefined,
      origin: "spec",
    },
  ],
};
