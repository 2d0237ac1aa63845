import { factsOf, type Facts } from "../facts.ts";
import type { Writing } from "../writing.ts";
import { distributionDrawing } from "./distribution-drawing.ts";
import { svgFile, type Drawing } from "./drawing.ts";
import { ganttByPeople } from "./gantt-people.ts";
import { ganttByTasks } from "./gantt-tasks.ts";
import { graphDrawing } from "./graph-drawing.ts";
import { loadDrawing } from "./load-drawing.ts";

/** The five pictures of a schedule. */
export const drawingsOf = (facts: Facts): readonly Drawing[] => [
  ganttByPeople(facts),
  ganttByTasks(facts),
  loadDrawing(facts),
  distributionDrawing(facts),
  graphDrawing(facts),
];

/** Each picture as a file of its own, by its name (`--svg`). */
export const writeDrawings = (writing: Writing): ReadonlyMap<string, string> =>
  new Map(drawingsOf(factsOf(writing)).map((drawing) => [`${drawing.id}.svg`, svgFile(drawing)]));
