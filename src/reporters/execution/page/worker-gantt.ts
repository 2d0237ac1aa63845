import { formatDuration } from "../../../core/duration.ts";
import { mark, type Drawing } from "../../../schedule/report/drawing/drawing.ts";
import { element, words } from "../../../schedule/report/drawing/svg.ts";
import type { PageFacts } from "./page-parts.ts";
import { rowChart, type ChartRow } from "./row-chart.ts";
import { BAR_LEGEND, stretchBars } from "./stretch-bars.ts";
import { tenth, timeAxis, type TimeAxis } from "./time-axis.ts";

/** A row for each worker with the tasks it was busy with, and one for what was merged and tested meanwhile. */
export function workerGantt(facts: PageFacts): Drawing {
  const { history, until, figures } = facts;
  const { startedAt } = history;
  const axis = timeAxis(until - startedAt);
  const tasks = [...history.tasks.values()];
  const lanes = tasks
    .flatMap(({ stretches }) => stretches)
    .reduce((most, { lane = 0 }) => Math.max(most, lane), history.workers);
  const place = { axis, startedAt, until, y: 4, height: 18 };
  const workerRow = (worker: number): ChartRow => ({
    label: `worker ${worker}`,
    kind: "row",
    marks: () =>
      tasks.map((task) => stretchBars(task, place, ({ lane }) => lane === worker)).join("") +
      namesOf(facts, axis, worker),
  });
  return rowChart({
    id: "workers",
    title: "What workers did",
    description: `${history.workers} workers, busy ${Math.round(figures.utilisation * 100)} % of the time; ${figures.batches} batches were landed.`,
    axis,
    sideWidth: 120,
    rows: [
      ...Array.from({ length: lanes }, (_, index) => workerRow(index + 1)),
      { label: "landing", kind: "row", marks: () => landingBars(facts, axis) },
    ],
    legend: BAR_LEGEND.filter(({ text }) => !text.startsWith("waits for")),
  });
}

/** Keys of tasks in their bars, where there is room. */
const namesOf = ({ history, until }: PageFacts, axis: TimeAxis, lane: number): string =>
  [...history.tasks.values()]
    .flatMap(({ planned, stretches }) =>
      stretches
        .filter((one) => one.lane === lane && one.status === "running")
        .map(({ from, to = until }) => {
          const [x, end] = [axis.x(from - history.startedAt), axis.x(to - history.startedAt)];
          return end - x > 24
            ? words({ x: x + 4, y: 17, text: planned.key, room: end - x - 6 })
            : "";
        }),
    )
    .join("");

const landingBars = ({ history, until }: PageFacts, axis: TimeAxis): string =>
  history.landings
    .map(({ batch, tasks, from, to = until, landed, conflicted, failed }) => {
      const x = axis.x(from - history.startedAt);
      const bad = [
        ...(conflicted.length > 0
          ? [`conflict: ${conflicted.map(({ task }) => task).join(", ")}`]
          : []),
        ...(failed.length > 0 ? [`failed: ${failed.map(({ task }) => task).join(", ")}`] : []),
      ];
      return mark(
        `run landing${bad.length > 0 ? " lost" : ""}`,
        `Batch ${batch}: ${tasks.join(", ")}; ${landed.length} landed; from ${formatDuration(from - history.startedAt)} for ${formatDuration(to - from)}${bad.map((one) => `; ${one}`).join("")}`,
        element("rect", {
          x: tenth(x),
          y: 4,
          width: tenth(Math.max(1.5, axis.x(to - history.startedAt) - x)),
          height: 18,
        }),
      );
    })
    .join("");
