import { fansOf, fansWithPhases } from "../../plan/graph/fans.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Task } from "../../plan/model.ts";
import type { Block, Section, Statement } from "../model.ts";
import { counted, rowOf, shortened, stated, tableOf } from "../phrases.ts";
import { note, planSection } from "../plan-section.ts";

const SHOWN = 12;

/** Where many tasks must be done first, and where many wait for one: by what is declared, and with the order of phases. */
export function fansSection(plan: AnalysedPlan): Section {
  const { barriers: graph } = plan;
  const [said, all] = [fansOf(graph), fansWithPhases(graph)];
  const rows = graph.nodes.flatMap((node, index) => {
    if (node.kind !== "task") return [];
    return {
      task: node.task,
      in: said.in[index] ?? 0,
      out: said.out[index] ?? 0,
      allIn: all.in[index] ?? 0,
      allOut: all.out[index] ?? 0,
    };
  });
  const joins = rows.filter((row) => row.in > 1);
  const forks = rows.filter((row) => row.out > 1);
  return planSection(plan, "fans", "Fan-in and fan-out", [
    {
      kind: "paragraph",
      statements: [
        stated(
          `By what is declared, ${counted(joins.length, "task waits", "tasks wait")} for more than one other, and ${counted(forks.length, "task is", "tasks are")} waited for by more than one.`,
          { value: joins.length + forks.length, unit: "joins and forks" },
          [...joins, ...forks].slice(0, 3).map(({ task }) => task.place),
        ),
        ...barrierStatement(rows),
      ],
    },
    ...(joins.length + forks.length > 0
      ? [
          note(
            "A task of a phase that the text has wait for another phase waits for each of its tasks.",
          ),
        ]
      : []),
    ...tableBy(rows, "Fan-in: how many tasks each waits for directly", ["in", "allIn"]),
    ...tableBy(rows, "Fan-out: how many tasks wait for each directly", ["out", "allOut"]),
  ]);
}

interface FanRow {
  readonly task: Task;
  readonly in: number;
  readonly out: number;
  readonly allIn: number;
  readonly allOut: number;
}

/** Tasks with more than one, by what is declared; no table where there are none. */
function tableBy(
  rows: readonly FanRow[],
  title: string,
  [by, byAll]: readonly ["in", "allIn"] | readonly ["out", "allOut"],
): readonly Block[] {
  const shown = rows.filter((row) => row[by] > 1);
  if (shown.length === 0) return [];
  const cells = shown
    .toSorted((a, b) => b[by] - a[by] || b[byAll] - a[byAll])
    .map((row) =>
      rowOf([row.task.key, shortened(row.task.text, 80), row[by], row[byAll]], [row.task.place]),
    );
  return [
    tableOf(title, ["Task", "What it is", "#Declared", "#With the order of phases"], cells, SHOWN),
  ];
}

/** What barriers add, told once: each of them joins a whole phase. */
function barrierStatement(rows: readonly FanRow[]): readonly Statement[] {
  const held = rows.filter((row) => row.allIn > row.in);
  if (held.length === 0) return [];
  const most = held.reduce((wide, row) => (row.allIn > wide.allIn ? row : wide));
  return [
    stated(
      `Barriers between phases make ${counted(held.length, "task wait", "tasks wait")} for more: at most ${counted(most.allIn, "task")} directly, as ${most.task.key} does.`,
      { value: held.length, unit: "tasks", of: rows.length },
      [most.task.place],
    ),
  ];
}
