/** Paths by their segments from the end. */
interface Ending {
  readonly before: Map<string, Ending>;
}

const MAX_DEPTH = 64;

/**
 * What a person means by the end of a path: `app.module.ts` is `apps/api/src/app.module.ts` where that is the only known path
 * that ends so. Undefined where there are several; the path itself where there is none. Time in the length of a path only.
 *
 * @param paths files that the repository has and that the plan names
 */
export function knownPaths(paths: Iterable<string>): (path: string) => string | undefined {
  const root: Ending = { before: new Map() };
  for (const path of paths) {
    let node = root;
    for (const segment of path.split("/").toReversed().slice(0, MAX_DEPTH)) {
      const next = node.before.get(segment) ?? { before: new Map<string, Ending>() };
      node.before.set(segment, next);
      node = next;
    }
  }
  return (path) => {
    let node: Ending | undefined = root;
    for (const segment of path.split("/").toReversed().slice(0, MAX_DEPTH))
      node = node?.before.get(segment);
    if (!node) return path;
    let whole = path;
    while (node.before.size > 0) {
      if (node.before.size > 1) return undefined;
      const [only]: readonly (readonly [string, Ending])[] = [...node.before];
      if (!only) break;
      whole = `${only[0]}/${whole}`;
      node = only[1];
    }
    return whole;
  };
}
