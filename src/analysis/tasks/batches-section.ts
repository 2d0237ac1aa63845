import type { AnalysedPlan } from "../input.ts";
import type { Row, Section, Statement } from "../model.ts";
import { counted, named, rowOf, stated, tableOf } from "../phrases.ts";
import { note, placesOf, planSection } from "../plan-section.ts";
import type { Batches } from "./batches.ts";

/** How `next N` would lead through the plan: ours and the original's. */
export function batchesSection(
  plan: AnalysedPlan,
  size: number,
  batches: readonly Batches[],
): Section {
  const placeOf = placesOf(plan);
  const rows = batches.map(({ by, batches: all, clashes, missed, refusal }) => {
    const files = clashes.filter(({ kind }) => kind === "file");
    return rowOf([
      by,
      all.length,
      named(all[0] ?? [], 8) || null,
      files.length,
      clashes.length - files.length,
      missed.length,
      refusal ?? null,
    ]);
  });
  const clashes = batches.flatMap((each) => clashRows(each, placeOf));
  return planSection(plan, "batches", `Batches of \`next ${size}\``, [
    { kind: "list", items: batches.map((each) => sentence(each, size, placeOf)) },
    note("Each batch is done whole before the next is asked for, from a plan with nothing done."),
    tableOf(
      `What \`next ${size}\` gives`,
      [
        "By",
        "#Batches",
        "First batch",
        "#Pairs on one file",
        "#Pairs of one group",
        "#Tasks never given",
        "Refuses",
      ],
      rows,
    ),
    ...(clashes.length === 0
      ? []
      : [tableOf("Conflicts within a batch", ["By", "#Batch", "Tasks", "Why"], clashes)]),
  ]);
}

const clashRows = (
  { by, clashes }: Batches,
  placeOf: ReturnType<typeof placesOf>,
): readonly Row[] =>
  clashes.map(({ batch, one, other, over, kind }) =>
    rowOf(
      [by, batch, `${one} and ${other}`, kind === "file" ? `both write ${over}` : `group ${over}`],
      [...placeOf(one), ...placeOf(other)],
    ),
  );

function sentence(
  { by, batches, clashes, missed, refusal, cut }: Batches,
  size: number,
  placeOf: ReturnType<typeof placesOf>,
): Statement {
  const tasks = batches.flat().length;
  const who = by === "wavegate" ? "Wavegate" : `The ${by}`;
  if (refusal !== undefined)
    return stated(`${who} refuses the plan: ${refusal}.`, { value: 0, unit: "batches" });
  if (batches.length === 0)
    return stated(`${who} sees no task of this plan.`, { value: 0, unit: "batches" });
  const text =
    `${who} gives ${counted(tasks, "task")} in ${cut ? "the first " : ""}${counted(batches.length, "batch", "batches")} of at most ${size}` +
    (clashes.length === 0
      ? ", none with a conflict inside"
      : `, with ${counted(clashes.length, "conflict")} inside batches`) +
    (missed.length === 0 ? "." : `, and never ${named(missed, 4)}.`);
  const first = clashes[0];
  return stated(
    text,
    { value: batches.length, unit: "batches" },
    first ? [...placeOf(first.one), ...placeOf(first.other)] : missed.slice(0, 1).flatMap(placeOf),
  );
}
