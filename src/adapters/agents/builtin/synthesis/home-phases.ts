interface WithIds {
  readonly ids: readonly string[];
}
interface WithTasks<T extends WithIds> {
  readonly tasks: readonly T[];
}

/**
 * Position of the phase in which each id is built: where its own tasks stand. Its own tasks are those that name the fewest
 * ids beside it, so that groundwork and verification, which name many, do not count. Of several the last phase: there it
 * is complete.
 */
export function homesOf<T extends WithIds>(
  phases: readonly WithTasks<T>[],
): ReadonlyMap<string, number> {
  const best = new Map<string, { readonly at: number; readonly beside: number }>();
  phases.forEach(({ tasks }, at) => {
    for (const { ids } of tasks)
      for (const id of ids)
        if (ids.length <= (best.get(id)?.beside ?? Number.POSITIVE_INFINITY))
          best.set(id, { at, beside: ids.length });
  });
  return new Map([...best].map(([id, { at }]) => [id, at]));
}

/** Tasks of one phase that build an id at home there; the others are groundwork, verification or a risk's mitigation. */
export const ownTasks = <T extends WithIds>(
  { tasks }: WithTasks<T>,
  at: number,
  homes: ReadonlyMap<string, number>,
): readonly T[] => {
  const fewest = new Map<string, number>();
  for (const { ids } of tasks)
    for (const id of ids)
      fewest.set(id, Math.min(ids.length, fewest.get(id) ?? Number.POSITIVE_INFINITY));
  return tasks.filter(({ ids }) =>
    ids.some((id) => homes.get(id) === at && fewest.get(id) === ids.length),
  );
};
