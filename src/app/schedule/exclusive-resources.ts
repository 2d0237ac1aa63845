import type { ResourceUser } from "../../plan/resources/model.ts";
import type { UsesByTask } from "../../plan/resources/plan-uses.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import type { SharedResource, Use } from "../../schedule/project/project.ts";

/** Resources, and who uses them. */
export interface Claims {
  readonly resources: readonly SharedResource[];
  readonly uses: ReadonlyMap<string, readonly Use[]>;
}

/**
 * What keeps tasks apart that no dependency orders, as `plan/resources/exclusions` has it: two that write one thing; and a declared read and a
 * declared write of it. The second is a resource with a place for each reader, of which a writer takes all.
 *
 * @param keys those that are activities
 */
export function exclusiveResources(uses: UsesByTask, keys: ReadonlySet<string>): Claims {
  const resources: SharedResource[] = [];
  const byTask = new Map<string, Use[]>();
  const add = (
    resource: SharedResource,
    users: readonly (readonly [ResourceUser, number])[],
  ): void => {
    resources.push(resource);
    for (const [{ task }, amount] of users) {
      const own = byTask.get(task) ?? [];
      own.push({ resource: resource.id, amount });
      byTask.set(task, own);
    }
  };
  for (const { resource, kind, users } of usersByResource(uses).resources) {
    const there = users.filter(({ task }) => keys.has(task));
    const writers = there.filter(({ use }) => use.access === "write");
    const readers = there.filter(({ use }) => use.access === "read" && use.sure);
    const sure = writers.filter(({ use }) => use.sure);
    const place = writers[0]?.use.place;
    const shared = {
      title: resource,
      kind: kind === "other" ? otherKind(resource) : ("file" as const),
      ...(place && { place }),
    };
    if (writers.length > 1)
      add(
        { ...shared, id: resource, capacity: 1 },
        writers.map((user) => [user, 1] as const),
      );
    if (readers.length > 0 && sure.length > 0)
      add({ ...shared, id: `${resource} (read)`, capacity: readers.length }, [
        ...sure.map((user) => [user, readers.length] as const),
        ...readers.map((user) => [user, 1] as const),
      ]);
  }
  return { resources, uses: byTask };
}

const otherKind = (name: string): SharedResource["kind"] =>
  /database|schema|migration/i.test(name) ? "database" : "other";
