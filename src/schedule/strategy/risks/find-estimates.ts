import { factorAt, spreadOf, spreadTables, type Spread } from "../simulation/spread.ts";
import {
  inDays,
  inWords,
  isOpen,
  rounded,
  said,
  tightestOf,
  watch,
  type Find,
  type Finding,
} from "./finding.ts";

/** Twice the figure that was taken in place of one. */
const TWICE = 2;
const STEPS = 200;

/** The probability of more than so many times the likely duration. */
function exceeds(spread: Spread, tableOf: ReturnType<typeof spreadTables>, factor: number): number {
  const table = tableOf(spread);
  let over = 0;
  for (let step = 0; step < STEPS; step++)
    if (factorAt(spread, table, (step + 0.5) / STEPS) > factor) over++;
  return over / STEPS;
}

/** Activities for which a plan has no figure. */
export const noFigure: Find = ({ basis }) => {
  const { project, order } = basis;
  const tableOf = spreadTables();
  const open = project.activities.flatMap(({ id, work }, node) => {
    const spread = spreadOf(work);
    return spread.kind === "no-figure" && isOpen(basis, node) ? [{ id, node, spread }] : [];
  });
  const [first] = open;
  if (!first) return [];
  const each = exceeds(first.spread, tableOf, TWICE);
  const all = project.activities.length;
  const tightest = tightestOf(
    basis,
    open.map(({ node }) => node),
  );
  const minutes = open.reduce((sum, { node }) => sum + (order.nodes[node]?.open ?? 0), 0);
  return [
    {
      about: `${open.length} of ${all} activities`,
      activities: open.map(({ id }) => id),
      probability: 1 - (1 - each) ** open.length,
      source: "simulated",
      does: { hits: [{ node: tightest, factor: TWICE, minutes: 0 }] },
      evidence: [
        said(`${open.length} of ${all} activities have no estimate`, open.length, "activities"),
        said(
          `${inWords(basis, minutes)} of the plan are a figure that was put in their place`,
          inDays(basis, minutes),
          "days",
        ),
        said(
          `each takes more than twice as long in ${rounded(each * 100)} % of the cases that its spread allows`,
          rounded(each * 100),
          "%",
        ),
      ],
      trigger: watch(
        "duration-over-minutes",
        open.map(({ id }) => id),
        Math.round(minutes / open.length),
      ),
    },
  ];
};

/** An activity that may take half as long again in one case of twenty, and is critical so often, is told. */
const WIDE = 1.5;
const OFTEN = 0.25;
const MOST = 5;

/** Estimates of the team that leave much open, where it matters. */
export const wideEstimate: Find = ({ basis }) => {
  const { project, forecast } = basis;
  const tableOf = spreadTables();
  return project.activities
    .flatMap(({ id, title, work }, node): readonly (Finding & { readonly weight: number })[] => {
      const told = forecast.activities[node];
      const spread = spreadOf(work);
      if (!told || spread.kind !== "three-point" || told.planned === 0 || !isOpen(basis, node))
        return [];
      const ratio = told.p95 / told.planned;
      if (ratio < WIDE || told.criticality < OFTEN) return [];
      const longer = told.p95 - told.planned;
      return [
        {
          weight: longer * told.criticality,
          about: title,
          activities: [id],
          probability: exceeds(spread, tableOf, (1 + ratio) / 2),
          source: "simulated",
          does: { hits: [{ node, factor: ratio, minutes: 0 }] },
          evidence: [
            said(
              `one case in twenty takes ${inWords(basis, told.p95)} instead of ${inWords(basis, told.planned)}`,
              rounded(ratio),
              "times",
            ),
            said(
              `it is critical in ${rounded(told.criticality * 100)} % of ${forecast.runs} runs`,
              rounded(told.criticality * 100),
              "%",
            ),
          ],
          trigger: watch("duration-over-minutes", [id], Math.round(longer / 2)),
        },
      ];
    })
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST);
};
