import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { Block, Section, Statement } from "../model.ts";
import { percent, rowOf, tableOf, timeOf } from "../phrases.ts";
import type { PhasedPlan } from "./parallel-phases.ts";

const ROWS = 200;
const LONGEST = 2_000;

/** What the barriers cost. */
export const gainSection = (phased: readonly PhasedPlan[]): Section => ({
  id: "gain",
  heading: "What the barriers cost",
  blocks: [
    {
      kind: "note",
      text: "The longest chain in expected minutes: no number of workers is faster. As needed: what the text says and the files that phases need of each other, in place of barriers; a phase of which too few tasks say what they touch or wait for keeps its barrier. As said: only what the text says.",
    },
    tableOf(
      "Longest chain of each plan",
      ["Plan", "One worker", "With barriers", "As needed", "As said", "#Saved at best, %"],
      phased.map(({ analysed, gain }) => {
        const { work, barriers, needed, declared } = gain;
        const saved = barriers === 0 ? 0 : percent((barriers - needed) / barriers);
        const times = [work, barriers, needed, declared].map(timeOf);
        return rowOf([analysed.name, ...times, saved], [{ file: analysed.file }]);
      }),
      ROWS,
    ),
  ],
});

/** Ways to loosen barriers. */
const PATTERNS = [
  ["PARALLEL", "phases side by side", "no words and no files lead from one to the other"],
  [
    "pipeline-start",
    "a phase begins at a task",
    "it needs one task of the phase before, not its end",
  ],
  ["depends", "tasks name what they need", "a task touches what a task of an earlier phase writes"],
  [
    "non-blocking",
    "verification beside the next phase",
    "no phase behind it needs anything known of what is verified",
  ],
] as const;

/** How often each way fits. */
export const patternSection = (phased: readonly PhasedPlan[]): Section => ({
  id: "phase-patterns",
  heading: "Patterns for phase-level parallelism",
  blocks: [
    tableOf(
      "How barriers can be loosened, and how many lines of each kind fit these plans",
      ["Pattern", "Fits where", "#Lines"],
      PATTERNS.map(([kind, name, fits]) => {
        const lines = phased.flatMap(({ annotations }) =>
          annotations.filter((line) => line.kind === kind),
        );
        return rowOf(
          [name, fits, lines.length],
          lines.map(({ place }) => place),
        );
      }),
    ),
  ],
});

/** Lines to paste, each plan's by themselves. */
export const annotationSection = (phased: readonly PhasedPlan[]): Section => ({
  id: "annotations",
  heading: "Annotations to paste",
  blocks: [
    {
      kind: "note",
      text: "In the words of plan files; a line that is there goes in place of the old one, a note in front of the heading that is named.",
    },
    ...phased.filter(({ annotations }) => annotations.length > 0).flatMap(linesOf),
  ],
});

function linesOf({ analysed, annotations }: PhasedPlan): readonly Block[] {
  return [
    {
      kind: "list",
      items: annotations.map(({ kind, why, place }): Statement => ({
        text: `${analysed.name}, ${kind}: ${why}`,
        places: [place],
      })),
    },
    {
      kind: "code",
      language: "markdown",
      caption: `Lines for ${analysed.name}`,
      code: annotations
        .map(({ line, place }) => `<!-- ${formatPlace(place)} -->\n${oneLine(line, LONGEST)}`)
        .join("\n"),
    },
  ];
}
