import type { Project } from "../project/project.ts";

/** Indices of the activities of each group, by its id; all groups of the project are there. */
export function groupMembers(project: Project): ReadonlyMap<string, readonly number[]> {
  const members = new Map<string, number[]>(project.groups.map(({ id }) => [id, []]));
  project.activities.forEach(({ group }, index) => {
    if (group !== undefined) members.get(group)?.push(index);
  });
  return members;
}
