import type { FilePlace } from "../../../core/place.ts";
import type { Project } from "../project.ts";

/** Where something of a project is written; what has no place is of the project as a whole. */
export const placeIn = (
  { name }: Project,
  thing?: { readonly place?: FilePlace | undefined },
): FilePlace => thing?.place ?? { file: name };
