import type { PlanGraph } from "../../plan/graph/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Row, Section } from "../model.ts";
import { counted, named, rounded, rowOf, stated, tableOf } from "../phrases.ts";
import { note, placesOf, planSection } from "../plan-section.ts";
import { namesNothing } from "../measure/shared-files.ts";
import type { PhaseInside } from "./phase-dependencies.ts";

/** Which tasks of a phase wait for each other, why, and how many can run at once. */
export function insideSection(plan: AnalysedPlan, insides: readonly PhaseInside[]): Section {
  const edges = edgeRows(plan, insides);
  const together = waveRows(plan, insides);
  const total = stated(
    `${counted(edges.length, "dependency", "dependencies")} between tasks of one phase in ${counted(insides.length, "phase")}.`,
    { value: edges.length, unit: "dependencies within phases" },
    edges[0]?.places,
  );
  return planSection(plan, "within-phases", "Dependencies within phases", [
    { kind: "paragraph", statements: [total] },
    tableOf(
      "Phases: what orders their tasks, in how many waves, at most how many at once",
      ["Phase", "#Tasks", "#Dependencies", "By origin", "#Waves", "#Widest", "#Minutes of work"],
      phaseRows(plan, insides),
    ),
    ...(together.length === 0
      ? []
      : [
          note(
            "Tasks of one wave don't wait for each other. Those that are known to write one file are not to run at once; of tasks that name nothing it isn't known.",
          ),
          tableOf(
            "Tasks that don't wait for each other",
            ["Phase", "#Wave", "#Tasks", "Which", "Not at once", "#Name nothing"],
            together,
          ),
        ]),
    ...(edges.length === 0
      ? []
      : [tableOf("Each dependency", ["Task", "Waits for", "Origin", "Strength", "Phase"], edges)]),
  ]);
}

const nameOf = ({ phase }: PhaseInside): string => phase ?? "outside of phases";

function phaseRows(plan: AnalysedPlan, insides: readonly PhaseInside[]): readonly Row[] {
  const placeOf = placesOf(plan);
  const headings = new Map(plan.plan.phases.map(({ key, place }) => [key, place]));
  return insides.map((inside) => {
    const { phase, tasks, byOrigin, waves, minutes } = inside;
    const edges = [...byOrigin.values()].reduce((sum, { length }) => sum + length, 0);
    const width = waves.reduce((most, { length }) => Math.max(most, length), 0);
    const place = phase === undefined ? undefined : headings.get(phase);
    return rowOf(
      [
        nameOf(inside),
        tasks.length,
        edges,
        [...byOrigin].map(([origin, some]) => `${some.length} ${origin}`).join(", ") || "none",
        waves.length,
        width,
        rounded(minutes),
      ],
      place ? [place] : placeOf(tasks[0] ?? ""),
    );
  });
}

const keyOf = ({ nodes }: PlanGraph, node: number): string => nodes[node]?.key ?? "";

const edgeRows = ({ declared }: AnalysedPlan, insides: readonly PhaseInside[]): readonly Row[] =>
  insides.flatMap((inside) =>
    [...inside.byOrigin.values()].flat().map(({ from, to, cause }) => {
      return rowOf(
        [keyOf(declared, to), keyOf(declared, from), cause.origin, cause.strength, nameOf(inside)],
        [cause.place],
      );
    }),
  );

function waveRows(plan: AnalysedPlan, insides: readonly PhaseInside[]): readonly Row[] {
  const placeOf = placesOf(plan);
  return insides.flatMap((inside) =>
    inside.waves.flatMap((tasks, index) =>
      tasks.length < 2
        ? []
        : rowOf(
            [
              nameOf(inside),
              index + 1,
              tasks.length,
              named(tasks, 12),
              sharedIn(tasks, plan.uses),
              tasks.filter((key) => namesNothing(plan.uses, key)).length,
            ],
            placeOf(tasks[0] ?? ""),
          ),
    ),
  );
}

/** How many of some tasks write what another of them writes. */
export const tasksApart = (tasks: readonly string[], uses: UsesByTask): number =>
  new Set([...writersIn(tasks, uses).values()].filter((own) => own.length > 1).flat()).size;

/** `2.3, 2.4 (status.json)`: tasks of a wave that write one thing. */
const sharedIn = (tasks: readonly string[], uses: UsesByTask): string | null =>
  named(
    [...writersIn(tasks, uses)].flatMap(([resource, own]) =>
      own.length > 1 ? [`${named(own)} (${resource})`] : [],
    ),
    3,
  ) || null;

function writersIn(
  tasks: readonly string[],
  uses: UsesByTask,
): ReadonlyMap<string, readonly string[]> {
  const writers = new Map<string, string[]>();
  for (const task of tasks)
    for (const { resource, access, vague } of uses.get(task) ?? []) {
      if (access !== "write" || vague) continue;
      const known = writers.get(resource);
      if (known) known.push(task);
      else writers.set(resource, [task]);
    }
  return writers;
}
