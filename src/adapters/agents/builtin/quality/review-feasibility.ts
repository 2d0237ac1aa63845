import type { RepositoryFacts, TaskFact } from "../../../../repository/model.ts";
import type { FeasibilityAssessment } from "../../../../stage/contracts/quality.ts";
import { notLookedAt, type QualityFacts } from "./facts.ts";
import { counted, few, numbered, said, scoreByFindings, type Draft } from "./make-finding.ts";

type Answer = { readonly feasibility_assessment: FeasibilityAssessment };

/** Whether what remains can be done as planned (contract `feasibility_assessment`). */
export function reviewFeasibility(facts: QualityFacts): Answer {
  const findings = numbered("FEAS", [
    ...openQuestions(facts),
    ...taskOrder(facts.measured),
    ...unmeasurable(facts),
    ...groundwork(facts),
  ]);
  return {
    feasibility_assessment: {
      score: nothingAsked(facts) ? 0 : scoreByFindings(findings),
      findings,
      unknowns: [
        "Estimates: whether they are right cannot be told by rule.",
        ...notLookedAt(facts),
      ],
    },
  };
}

/** Whether the specification asks for nothing that could be done. */
const nothingAsked = ({ spec }: QualityFacts): boolean =>
  spec.requirements.length + spec.unnumbered.length + spec.stories.length === 0;

function openQuestions({ measured, spec }: QualityFacts): readonly Draft[] {
  const owners = new Map(spec.clarifications.map(({ line, within }) => [line, within]));
  return measured.markers.map(({ document, line, question }): Draft => {
    const owner = document === "spec.md" ? owners.get(line) : undefined;
    return {
      severity: owner === undefined ? "medium" : "high",
      title:
        owner === undefined ? `An open question in ${document}` : `${owner} waits for an answer`,
      place: `${document}:${line}`,
      evidence:
        question === ""
          ? "An open clarification marker without a question."
          : `Asked: ${said(question, 300)}.`,
      impact: "Whoever builds it has to guess, and may have to build it twice.",
      resolution: "Answer the question in the document and remove the marker.",
      requirements: owner === undefined || owner.startsWith("US") ? [] : [owner],
    };
  });
}

/** Whether tasks can be done in the order they ask for; ids of another document are that one's numbering. */
function taskOrder({ tasks, cut }: RepositoryFacts): readonly Draft[] {
  const ids = new Set(tasks.map(({ id }) => id));
  const whole = cut["tasks"] === undefined;
  const byKey = new Map(tasks.map((task) => [`${task.document} ${task.id}`, task]));
  return tasks.flatMap((task) =>
    task.dependsOn.flatMap((id): readonly Draft[] => {
      const first = byKey.get(`${task.document} ${id}`);
      const place = `${task.document}:${task.line}`;
      if (!first && (ids.has(id) || !whole)) return [];
      if (!first)
        return [
          {
            severity: "medium",
            title: `${task.id} depends on ${id}, which is not there`,
            place,
            evidence: `${said(task.text)} names ${id}; ${task.document} has no such task.`,
            impact: "It is not clear when the task can begin.",
            resolution: "Name the task that is meant, or remove the dependency.",
          },
        ];
      if (task.done && !first.done)
        return [
          {
            severity: "medium",
            title: `${task.id} is ticked before ${id}, which it depends on`,
            place,
            evidence: `${task.id} is ticked at line ${task.line}; ${id} at line ${first.line} is not.`,
            impact: "Either the dependency is none, or the work is not done.",
            resolution: `Tick ${id} if it is done; otherwise untick ${task.id}.`,
          },
        ];
      if (reaches(byKey, first, task, new Set()))
        return [
          {
            severity: "high",
            title: `${task.id} and ${id} wait for each other`,
            place,
            evidence: `${task.id} depends on ${id}, which depends on ${task.id} in turn.`,
            impact: "Neither can begin.",
            resolution: "Remove one of the dependencies, or split a task.",
          },
        ];
      return [];
    }),
  );
}

/** Most tasks that are followed from one. */
const MAX_STEPS = 1_000;

function reaches(
  byKey: ReadonlyMap<string, TaskFact>,
  from: TaskFact,
  to: TaskFact,
  seen: Set<TaskFact>,
): boolean {
  const waiting = [from];
  for (let task = waiting.pop(); task && seen.size < MAX_STEPS; task = waiting.pop()) {
    if (task === to) return true;
    if (seen.has(task)) continue;
    seen.add(task);
    for (const id of task.dependsOn) {
      const next = byKey.get(`${task.document} ${id}`);
      if (next) waiting.push(next);
    }
  }
  return false;
}

const unmeasurable = ({ diagnostics }: QualityFacts): readonly Draft[] =>
  diagnostics
    .filter(({ code }) => code === "SPEC_CRITERION_NOT_MEASURABLE" || code === "SPEC_UNDECIDED")
    .map(({ code, message, place, hint }) => ({
      severity: "medium",
      title:
        code === "SPEC_UNDECIDED"
          ? `Not decided at line ${place.line ?? 1} of spec.md`
          : `A success criterion at line ${place.line ?? 1} that nothing can measure`,
      place: `spec.md:${place.line ?? 1}`,
      evidence: message,
      impact:
        code === "SPEC_UNDECIDED"
          ? "What is built depends on it."
          : "Nobody can tell whether the feature succeeded.",
      resolution: hint,
    }));

const HIGH_DEBT = 70;

function groundwork({ measured }: QualityFacts): readonly Draft[] {
  if (!measured.scanned || measured.debt.facts.sourceLines === 0) return [];
  const { facts, score } = measured.debt;
  const untested: readonly Draft[] =
    facts.testLines > 0
      ? []
      : [
          {
            severity: "high",
            title: "The repository has no test",
            place: null,
            evidence: `${counted(facts.sourceLines, "line")} in ${counted(facts.sourceFiles, "source file")}, and no file that is a test by its name or folder.`,
            impact: "No task can be shown to be done, and every change may break another.",
            resolution: "Set up a test runner and test the first requirement before building on.",
          },
        ];
  const missing: readonly Draft[] =
    facts.missing.length === 0
      ? []
      : [
          {
            severity: facts.missing.includes("lockfile") ? "medium" : "low",
            title: `The repository lacks: ${few(facts.missing)}`,
            place: null,
            evidence: `Looked for by the usual file names in ${counted(measured.scanned.files, "file")}.`,
            impact: "What works here may not work for others, and nobody notices when it breaks.",
            resolution: "Add what is missing, or say in the plan where it is kept.",
          },
        ];
  const indebted: readonly Draft[] =
    score.value <= HIGH_DEBT
      ? []
      : [
          {
            severity: "medium",
            title: `Technical debt is ${score.value} of 100`,
            place: null,
            evidence: score.parts.map(({ counted: what }) => what).join("; "),
            impact: "Changes cost more than estimated for a repository in order.",
            resolution: "Begin with the part that weighs most; plan time for it.",
          },
        ];
  return [...untested, ...missing, ...indebted];
}
