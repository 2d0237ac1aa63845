import { formatDuration } from "../../../core/duration.ts";
import type { ComparedTask } from "../../../history/execution/compare-with-plan.ts";
import { mark, type Drawing } from "../../../schedule/report/drawing/drawing.ts";
import { element } from "../../../schedule/report/drawing/svg.ts";
import { phaseGroups } from "../phase-rows.ts";
import { standingWords } from "../task-marks.ts";
import type { PageFacts } from "./page-parts.ts";
import { rowChart, type ChartRow } from "./row-chart.ts";
import { BAR_LEGEND, stretchBars } from "./stretch-bars.ts";
import { tenth, timeAxis, type TimeAxis } from "./time-axis.ts";

const MINUTE = 60_000;

/** A row for each task under its phase: above what became of it, below what was planned. */
export function planGantt(facts: PageFacts): Drawing {
  const { history, comparison, until } = facts;
  const axis = timeAxis(
    Math.max(until - history.startedAt, comparison.plannedMinutes * facts.plannedScale),
  );
  const byKey = new Map(comparison.tasks.map((task) => [task.task.planned.key, task]));
  return rowChart({
    id: "gantt",
    title: "Planned against actual",
    description: gist(facts),
    axis,
    sideWidth: 280,
    rows: phaseGroups(history).flatMap(({ name, tasks }): readonly ChartRow[] => [
      { label: name, kind: "group", marks: () => "" },
      ...tasks.map(({ planned }): ChartRow => {
        const task = byKey.get(planned.key);
        return {
          label: `${planned.key}  ${planned.title}`,
          kind: "row",
          marks: () => (task ? taskMarks(task, facts, axis) : ""),
        };
      }),
    ]),
    legend: [...BAR_LEGEND, PLANNED],
  });
}

const PLANNED: Drawing["legend"][number] = {
  swatch: element(
    "g",
    { class: "run planned" },
    element("rect", { x: 1, y: 4, width: 26, height: 6 }),
  ),
  text: "as planned",
};

function gist({ history, comparison, figures, plannedScale }: PageFacts): string {
  const scale =
    plannedScale === MINUTE
      ? ""
      : ` Planned bars are on a scale of their own, ${formatDuration(comparison.plannedMinutes * MINUTE)} as long as the run took.`;
  const so = history.end ? "took" : "has taken so far";
  return `${history.tasks.size} tasks on ${history.workers} workers: planned ${formatDuration(comparison.plannedMinutes * MINUTE)}, ${so} ${formatDuration(figures.makespanMs)}.${scale}`;
}

function taskMarks(
  { task, planned }: ComparedTask,
  { history: { startedAt }, until, plannedScale }: PageFacts,
  axis: TimeAxis,
): string {
  const bars = stretchBars(task, { axis, startedAt, until, y: 3, height: 11 });
  if (!planned) return bars;
  const [from, to] = [axis.x(planned.start * plannedScale), axis.x(planned.end * plannedScale)];
  const title = `${task.planned.key} ${task.planned.title}; planned from ${formatDuration(planned.start * MINUTE)} for ${formatDuration((planned.end - planned.start) * MINUTE)}; ${standingWords(task)}`;
  return (
    bars +
    mark(
      "run planned",
      title,
      element("rect", {
        x: tenth(from),
        y: 17,
        width: tenth(Math.max(1.5, to - from)),
        height: 5,
      }),
    )
  );
}

/** Bars as planned are on the axis of the run, unless one is so much longer that nothing of the other could be seen. */
export function plannedScaleOf(plannedMinutes: number, makespanMs: number): number {
  const ratio = makespanMs > 0 ? (plannedMinutes * MINUTE) / makespanMs : 1;
  return ratio > 5 || ratio < 1 / 5 ? makespanMs / Math.max(plannedMinutes, 1e-9) : MINUTE;
}
