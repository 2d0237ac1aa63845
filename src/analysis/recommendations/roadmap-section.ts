import type { AnalysedPlan } from "../input.ts";
import { RANKING_WORKERS } from "../measure/settings.ts";
import type { Block, Section } from "../model.ts";
import {
  counted,
  minutesFigure,
  named,
  rounded,
  rowOf,
  stated,
  tableOf,
  timeOf,
} from "../phrases.ts";
import { note, placesOf, planSection } from "../plan-section.ts";
import type { MergeOrder } from "./merge-order.ts";
import type { Roadmap, RoadmapStep } from "./roadmap.ts";

/** S4's 6.4: what to change in which order, and in which order to land what writes one thing. */
export function roadmapSection(
  plan: AnalysedPlan,
  { before, steps, left }: Roadmap,
  orders: readonly MergeOrder[],
): Section {
  const after = steps.at(-1)?.after ?? before;
  const total = stated(
    steps.length === 0
      ? `As it is written, the plan takes ${timeOf(before)} on average with ${RANKING_WORKERS} workers; no change is measured to shorten it by a minute.`
      : `In ${counted(steps.length, "step")}: ${roadmapInWords({ before, steps })}`,
    minutesFigure(before - after),
    steps.flatMap(({ measured }) => measured.opportunity.places.slice(0, 1)),
  );
  const others = left.map(({ opportunity }) => opportunity.deed);
  return planSection(plan, "roadmap", "Roadmap", [
    { kind: "paragraph", statements: [total] },
    ...(steps.length === 0 ? [] : stepBlocks(steps)),
    ...(others.length === 0
      ? []
      : [
          note(
            `Not on it, as they add less than a minute after these steps, only help with other numbers of workers, or come behind the three of their kind that add most: ${named(others, 4)}.`,
          ),
        ]),
    ...landing(plan, orders),
  ]);
}

/** `9.7 h on average as it is written, 9.1 h after …`: what is shown to be safe apart from what has to be looked at. */
export function roadmapInWords({ before, steps }: Pick<Roadmap, "before" | "steps">): string {
  const shown = steps.filter(({ measured }) => measured.opportunity.unproven === 0);
  const all = steps.at(-1)?.after ?? before;
  const words = [`${timeOf(before)} on average with ${RANKING_WORKERS} workers as it is written`];
  if (shown.length > 0)
    words.push(
      `${timeOf(shown.at(-1)?.after ?? before)} after the changes of the roadmap that nothing named speaks against`,
    );
  if (shown.length < steps.length)
    words.push(
      `${timeOf(all)} at best, if those that have to be looked at first turn out to be safe`,
    );
  return `${words.join("; ")}${steps.length === 0 ? "; no change is measured to shorten it" : ""}.`;
}

const stepBlocks = (steps: readonly RoadmapStep[]): readonly Block[] => [
  note(
    "Each step is measured on top of those before it. Edits of the plan come first, then what changes how it is run, last what rests on tasks to be looked at before.",
  ),
  tableOf(
    "Steps in order",
    [
      "#Step",
      "What to do",
      "#Saves min here",
      "#Then takes min",
      "Look first at",
      "Saves more after step",
      "Shares minutes with step",
    ],
    steps.map(({ measured, saves, after, needs, overlaps }, index) =>
      rowOf(
        [
          index + 1,
          measured.opportunity.deed,
          Math.round(saves),
          Math.round(after),
          measured.opportunity.unproven > 0 ? counted(measured.opportunity.unproven, "task") : null,
          needs.join(", ") || null,
          overlaps.join(", ") || null,
        ],
        measured.opportunity.places.slice(0, 2),
      ),
    ),
  ),
];

function landing(plan: AnalysedPlan, orders: readonly MergeOrder[]): readonly Block[] {
  if (orders.length === 0) return [];
  const placeOf = placesOf(plan);
  return [
    tableOf(
      "Order in which to land tasks that write one thing",
      ["What", "Order", "#Saves min against the document's"],
      orders.map(({ resource, order, saves }) =>
        rowOf([resource, order.join(", "), rounded(saves)], order.slice(0, 3).flatMap(placeOf)),
      ),
    ),
  ];
}
