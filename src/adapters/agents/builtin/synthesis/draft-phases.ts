import type { ThreePoint } from "../../../../stage/checks/read-plan.ts";
import { idsKnownToSpec, normalId } from "../../../../stage/checks/ids.ts";
import type { EstimatedTask, Facts } from "../review/facts.ts";
import { deedOf } from "./deed.ts";
import { asPrinted } from "./effort.ts";
import { clause, withoutMarkers } from "./markdown.ts";

/** Longest title of a task that is made from a requirement. */
export const TITLE = 130;

export interface DraftTask {
  /** The estimator's id, or one of ours that can't meet it. */
  readonly key: string;
  readonly title: string;
  /** What stands below its line, one by one; plain text. */
  readonly details: readonly string[];
  readonly ids: readonly string[];
  readonly needs: readonly string[];
  readonly effort: ThreePoint | undefined;
  readonly origin: "estimation" | "review" | "spec";
}

export interface DraftPhase {
  /** The estimator's id of it, empty for phases of ours. */
  readonly key: string;
  readonly title: string;
  readonly goal: string;
  readonly deliverables: readonly string[];
  readonly tasks: readonly DraftTask[];
}

/** The estimator's phases, or phases from the spec's priorities when nobody estimated. */
export const draftPhases = (facts: Facts): readonly DraftPhase[] =>
  facts.analyses.estimation ? estimatedPhases(facts) : phasesByPriority(facts);

function estimatedPhases(facts: Facts): readonly DraftPhase[] {
  const known = new Set([
    ...idsKnownToSpec(facts.spec),
    ...(facts.analyses.requirements?.non_functional.map(({ id }) => normalId(id)) ?? []),
    ...(facts.analyses.risk?.risks.map(({ id }) => normalId(id)) ?? []),
  ]);
  return (facts.analyses.estimation?.phases ?? []).map((phase) => ({
    key: phase.id,
    title: phase.name,
    goal: phase.goal,
    deliverables: phase.deliverables,
    tasks: phase.tasks.map((task) => ({
      key: task.id,
      title: wholeTitle(task, facts),
      details: [],
      ids: [...new Set(task.requirements.map(normalId))].filter((id) => known.has(id)),
      needs: task.depends_on,
      effort: asPrinted(task.effort_days),
      origin: "estimation",
    })),
  }));
}

/** The estimator's title; one that was cut, of a task for one requirement, is told anew from the spec. */
function wholeTitle({ title, requirements }: EstimatedTask, facts: Facts): string {
  const [only, ...others] = requirements;
  const text = only === undefined || others.length > 0 ? "" : facts.textOf(normalId(only));
  return text !== "" && isCut(title, text) ? clause(deedOf(text), TITLE) : title;
}

/** It ends in `…`, in the middle of a marker, or it is words of the requirement that go on there. */
function isCut(title: string, text: string): boolean {
  if (/…|\.\.\.\s*$|\[NEEDS\b/.test(title)) return true;
  const words = title.replace(/^\S*\d:\s+/, "").slice(1);
  const at = words.length > 20 ? text.indexOf(words) : -1;
  return at >= 0 && /\p{L}/u.test(withoutMarkers(text.slice(at + words.length)));
}

const RANKS = [0, 1, 2, 3, 4] as const;

/** One phase per priority, one task per requirement; stories stand in for specs without requirements. No efforts. */
function phasesByPriority(facts: Facts): readonly DraftPhase[] {
  const items =
    facts.ids.length > 0
      ? facts.ids.map((id) => ({ id, text: deedOf(facts.textOf(id)), rank: facts.rankOf(id) }))
      : facts.spec.stories.map(({ id, title, priority }) => ({
          id: normalId(id),
          text: title,
          rank: priority === undefined ? undefined : Number(priority.slice(1)),
        }));
  const groups = [...RANKS, undefined].map((rank) => ({
    rank,
    items: items.filter((item) => item.rank === rank),
  }));
  if (items.length === 0) return [nothingToPlan];
  return groups
    .filter((group) => group.items.length > 0)
    .map((group) => ({
      key: "",
      title:
        group.rank === undefined ? "Work without a stated priority" : `Priority ${group.rank} work`,
      goal: `Deliver what the specification ranks ${group.rank === undefined ? "nowhere" : `P${group.rank}`}.`,
      deliverables: [],
      tasks: group.items.map(({ id, text }) => ({
        key: `spec:${id}`,
        title: clause(text, TITLE),
        details: [],
        ids: [id],
        needs: (facts.needs.get(id) ?? []).map((other) => `spec:${other}`),
        effort: undefined,
        origin: "spec",
      })),
    }));
}

/** A spec that asks for nothing: the only work is to say what is wanted. */
const nothingToPlan: DraftPhase = {
  key: "",
  title: "Complete the specification",
  goal: "State what is wanted: the specification has neither requirements nor user stories.",
  deliverables: [],
  tasks: [
    {
      key: "spec:none",
      title: "Write down the requirements and user stories, each with a way to test it",
      details: [],
      ids: [],
      needs: [],
      effort: undefined,
      origin: "spec",
    },
  ],
};
