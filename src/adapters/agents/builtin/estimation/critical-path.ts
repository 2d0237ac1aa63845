/** A thing that takes a while and comes after others. */
export interface Step {
  readonly id: string;
  readonly depends_on: readonly string[];
  readonly length: number;
}

/** The longest chain of steps by length, first to last. Steps must be free of cycles; of equal chains the first named wins. */
export function criticalPath(steps: readonly Step[]): readonly string[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const ends = new Map<string, { readonly at: number; readonly before: string | undefined }>();
  const endOf = (id: string): number => {
    const known = ends.get(id);
    if (known) return known.at;
    const step = byId.get(id);
    if (!step) return 0;
    let start = 0;
    let before: string | undefined;
    for (const needed of step.depends_on) {
      const end = endOf(needed);
      if (end > start) [start, before] = [end, needed];
    }
    ends.set(id, { at: start + step.length, before });
    return start + step.length;
  };
  let last: string | undefined;
  for (const { id } of steps) if (last === undefined || endOf(id) > endOf(last)) last = id;
  const path: string[] = [];
  for (let at = last; at !== undefined; at = ends.get(at)?.before) path.unshift(at);
  return path;
}
