import { z } from "zod";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import {
  DIRECTIONS_DOCUMENT,
  NO_DIRECTIONS,
  type Directions,
} from "../../../../stage/directions.ts";
import { ADDITION_NAMES } from "../../../../stage/rules/addition.ts";

const demand = z.union([
  z.object({ list: z.string(), atLeast: z.number() }),
  z.object({ each: z.string(), has: z.array(z.string()) }),
]);

const form = z.object({
  depth: z.string().nullable(),
  instructions: z.array(z.string()),
  demands: z.array(demand),
  sections: z.array(z.enum(ADDITION_NAMES)),
  brief: z.boolean(),
});

/** What depth and rules ask of the role that is played; nothing where there are no directions. */
export function readDirections(inputs: Readonly<Record<string, string>>): Directions {
  const read = form.safeParse(parseJson(inputs[DIRECTIONS_DOCUMENT]));
  return read.success ? read.data : NO_DIRECTIONS;
}
