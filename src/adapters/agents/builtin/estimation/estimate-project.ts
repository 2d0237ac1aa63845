import type { Spec } from "../../../../spec/model.ts";
import type { ProjectEstimation } from "../../../../stage/contracts/planning.ts";
import { domainOf, type Domain } from "../analysis/domain.ts";
import { openEdgeCases } from "../analysis/edge-cases.ts";
import { statementsOf } from "../analysis/evidence.ts";
import type { Link } from "../analysis/links.ts";
import { surroundingsOf, type Surroundings } from "../analysis/surroundings.ts";
import { isTooling } from "../analysis/tooling.ts";
import { isUnproven } from "../analysis/proofs.ts";
import { requirementLinks } from "../requirements/requirement-links.ts";
import { plain } from "../text/terms.ts";
import { criticalPath } from "./critical-path.ts";
import { pertOf, sumOf } from "./effort.ts";
import { sizeOf } from "./functional-size.ts";
import { phasesOf } from "./phases.ts";
import { resourcesOf } from "./resources.ts";
import { HOURS_PER_CFP, HOURS_PER_DAY, METHOD } from "./sizing-constants.ts";
import type { PhaseWithTasks } from "./planned-task.ts";
import { planTasks } from "./tasks.ts";

type Phase = ProjectEstimation["phases"][number];

/** Phases as the contract wants them: numbered, with the phases their tasks wait for. */
function numbered(planned: readonly PhaseWithTasks[]): Phase[] {
  const idOf = new Map(planned.map(({ key }, index) => [key, `PH${index + 1}`]));
  const phaseOf = new Map(
    planned.flatMap(({ key, tasks }) => tasks.map(({ id }) => [id, idOf.get(key) ?? key] as const)),
  );
  return planned.map(({ key, name, goal, deliverables, tasks }) => {
    const id = idOf.get(key) ?? key;
    const needed = tasks.flatMap((task) =>
      task.depends_on.flatMap((one) => phaseOf.get(one) ?? []),
    );
    return {
      id,
      name,
      goal,
      deliverables,
      depends_on: [...new Set(needed)]
        .filter((one) => one !== id)
        .toSorted((a, b) => Number(a.slice(2)) - Number(b.slice(2))),
      effort_days: sumOf(tasks.map((task) => task.effort_days)),
      tasks: tasks.map((task) => ({ ...task })),
    };
  });
}

function sequencingOf(phases: readonly Phase[], links: readonly Link[], spec: Spec): string[] {
  // the task that builds a demand is the first one that carries it alone; a story's proof may carry it alone after that
  const taskOf = new Map(
    phases
      .flatMap(({ tasks }) => tasks)
      .toReversed()
      .flatMap((task) =>
        task.requirements.length === 1 ? [[task.requirements[0] ?? "", task] as const] : [],
      ),
  );
  const phaseOf = new Map(
    phases.flatMap((phase) => phase.tasks.map(({ id }) => [id, phase] as const)),
  );
  const crossing = new Map<string, string>();
  const late: string[] = [];
  for (const { from, to, reason } of links) {
    const [a, b] = [taskOf.get(from), taskOf.get(to)];
    const [late1, early] = [a && phaseOf.get(a.id), b && phaseOf.get(b.id)];
    if (!a || !b || !late1 || !early || late1 === early) continue;
    const inOrder = a.depends_on.includes(b.id);
    if (inOrder && !crossing.has(`${early.id}|${late1.id}`))
      crossing.set(
        `${early.id}|${late1.id}`,
        `${early.id} (${early.name}) before ${late1.id} (${late1.name}): ${reason}.`,
      );
    if (!inOrder && phases.indexOf(late1) < phases.indexOf(early))
      late.push(
        `${from} is planned in ${late1.id} before ${to} in ${early.id}, although ${reason}; the phases need each other, so finish ${from} once ${early.id} is done.`,
      );
  }
  const together = new Map<string, string[]>();
  for (const { id, depends_on } of phases.slice(0, -1))
    together.set(depends_on.join(" and "), [...(together.get(depends_on.join(" and ")) ?? []), id]);
  const free = [...together.entries()].filter(([, ids]) => ids.length >= 2);
  return [
    phases[0]?.name === "Foundation" ? `PH1 first: ${phases[0].goal}` : "",
    spec.stories.some(({ priority }) => priority !== undefined)
      ? "Then by priority of the stories, except where one needs another."
      : "",
    ...crossing.values(),
    ...late,
    ...free.map(
      ([after, ids]) =>
        `${ids.join(", ")} need nothing of each other and can be worked on at the same time${after === "" ? "" : ` after ${after}`}.`,
    ),
  ].filter((text) => text !== "");
}

/** Evidence for and against the estimate. */
function doubtsOf(
  around: Surroundings,
  domain: Domain,
): { readonly doubts: string[]; readonly weight: number } {
  const { spec, demands } = around;
  const bare = demands.filter((one) => isUnproven(one, around));
  const unread = demands.filter((one) => !sizeOf(one, domain, around).read);
  const open = openEdgeCases(around);
  const list = [
    {
      weight: 1,
      text:
        spec.clarifications.length > 0
          ? `${spec.clarifications.length} open clarification marker(s); their answers can change the size.`
          : "",
    },
    {
      weight: bare.length > demands.length * 0.3 ? 2 : bare.length > demands.length * 0.1 ? 1 : 0,
      text:
        bare.length > 0
          ? `No acceptance scenario or criterion for ${bare.map(({ id }) => id).join(", ")}: their extent is a guess.`
          : "",
    },
    {
      weight: unread.length > demands.length * 0.25 ? 1 : 0,
      text:
        unread.length > 0
          ? `No verb recognised in ${unread.map(({ id }) => id).join(", ")}: a flat size was taken.`
          : "",
    },
    {
      weight: 1,
      text: open.length > 0 ? `${open.length} edge case question(s) without an answer.` : "",
    },
    {
      weight: 2,
      text: demands.every(({ source }) => source !== "requirement")
        ? "No numbered requirements: the size rests on stories or a description."
        : "",
    },
  ].filter(({ text }) => text !== "");
  return {
    doubts: list.map(({ text }) => text),
    weight: list.reduce((sum, one) => sum + one.weight, 0),
  };
}

const assumptionsOf = (spec: Spec): string[] => [
  `${HOURS_PER_CFP} hours per CFP and ${HOURS_PER_DAY}-hour days; scale all figures with your own ratio.`,
  "People who know the technology; learning it, hiring and holidays are not counted.",
  "An existing project with build, tests and deployment; setting one up is not counted unless a requirement asks for it.",
  ...spec.dependencies.map(({ text }) => `Ready when needed: ${plain(text)}`),
  ...spec.assumptions.map(({ text, line }) => `From the spec (line ${line}): ${plain(text)}`),
];

/** Estimation/Scope Analyst: phases, tasks and three-point estimates from the functional size of what the spec demands. */
export function estimateProject(spec: Spec): { project_estimation: ProjectEstimation } {
  const around = surroundingsOf(spec);
  const domain = domainOf(around);
  const links = requirementLinks(around, domain);
  const phases = numbered(planTasks({ around, domain, links }, phasesOf(around, domain, links)));
  const tasks = phases.flatMap((phase) => phase.tasks);
  const { doubts, weight } = doubtsOf(around, domain);
  const pert = pertOf(tasks.map((task) => task.effort_days));
  const verifying = phases.at(-1)?.effort_days.likely ?? 0;
  const total = sumOf(phases.map((phase) => phase.effort_days));
  return {
    project_estimation: {
      method: METHOD,
      functional_size_cfp: around.demands.reduce(
        (sum, one) => sum + sizeOf(one, domain, around).cfp,
        0,
      ),
      phases,
      sequencing: sequencingOf(phases, links, spec),
      total_effort_days: total,
      expected_effort_days: pert.expected,
      standard_deviation_days: pert.deviation,
      critical_path: [
        ...criticalPath(
          tasks.map((task) => ({
            id: task.id,
            depends_on: task.depends_on,
            length: task.effort_days.likely,
          })),
        ),
      ],
      resources: resourcesOf(
        statementsOf(around),
        { building: Math.round((total.likely - verifying) * 10) / 10, verifying },
        {
          tooling: isTooling(around),
          open: spec.clarifications.length + openEdgeCases(around).length,
        },
      ),
      assumptions: assumptionsOf(spec),
      // never high: the hours per CFP are nobody's measured figure yet
      confidence: weight <= 2 ? "medium" : "low",
      unknowns: [
        ...doubts,
        "Team size, calendar and cost: not in the spec; effort is given in person-days only.",
      ],
    },
  };
}
