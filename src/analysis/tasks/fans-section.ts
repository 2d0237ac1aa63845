import { fansOf } from "../../plan/graph/fans.ts";
import type { AnalysedPlan } from "../input.ts";
import type { Section } from "../model.ts";
import { counted, rowOf, stated, tableOf } from "../phrases.ts";
import { planSection } from "../plan-section.ts";

const SHOWN = 12;

/** Where many tasks must be done first, and where many wait for one: by what the text says, and with barriers. */
export function fansSection(plan: AnalysedPlan): Section {
  const { declared, barriers } = plan;
  const [said, all] = [fansOf(declared), fansOf(barriers)];
  const rows = declared.nodes.flatMap((node, index) => {
    if (node.kind !== "task") return [];
    const whole = barriers.indexOf.get(node.key) ?? -1;
    return {
      task: node.task,
      in: said.in[index] ?? 0,
      out: said.out[index] ?? 0,
      allIn: all.in[whole] ?? 0,
      allOut: all.out[whole] ?? 0,
    };
  });
  const tableBy = (title: string, by: "in" | "out", byAll: "allIn" | "allOut") =>
    tableOf(
      title,
      ["Task", "What it is", "#By the text", "#With barriers"],
      rows
        .filter((row) => row[by] > 1 || row[byAll] > 1)
        .toSorted((a, b) => b[by] - a[by] || b[byAll] - a[byAll])
        .map((row) =>
          rowOf([row.task.key, row.task.text.slice(0, 80), row[by], row[byAll]], [row.task.place]),
        ),
      SHOWN,
    );
  const joins = rows.filter((row) => row.in > 1);
  const forks = rows.filter((row) => row.out > 1);
  return planSection(plan, "fans", "Fan-in and fan-out", [
    {
      kind: "paragraph",
      statements: [
        stated(
          `By the text ${counted(joins.length, "task waits", "tasks wait")} for more than one other, and ${counted(forks.length, "task is", "tasks are")} waited for by more than one.`,
          { value: joins.length + forks.length, unit: "joins and forks" },
          [...joins, ...forks].slice(0, 3).map(({ task }) => task.place),
        ),
      ],
    },
    tableBy("Fan-in: how many tasks each waits for directly", "in", "allIn"),
    tableBy("Fan-out: how many tasks wait for each directly", "out", "allOut"),
  ]);
}
