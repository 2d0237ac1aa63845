/** What is known to end alike: the only such path, or several by the segment before. */
type Ending = string | Map<string, Ending>;

const MAX_DEPTH = 64;

/**
 * What a person means by the end of a path: `app.module.ts` is `apps/api/src/app.module.ts` where that is the only known path
 * that ends so. Undefined where there are several; the path itself where there is none. Time in the length of a path only.
 *
 * @param paths files that the repository has and that the plan names
 */
export function knownPaths(paths: Iterable<string>): (path: string) => string | undefined {
  const root = new Map<string, Ending>();
  for (const path of paths) addPath(root, path);
  return (path) => {
    let found: Ending = root;
    let taken = 0;
    for (;;) {
      if (typeof found === "string") return endsWithPath(found, path) ? found : path;
      const segment = segmentBefore(path, taken);
      if (segment === undefined) return onlyOf(found);
      const next: Ending | undefined = found.get(segment);
      if (next === undefined) return path;
      found = next;
      taken += segment.length + 1;
    }
  };
}

/** A path stands alone until another one ends alike; then both go down by the segments before. */
function addPath(root: Map<string, Ending>, path: string): void {
  let node = root;
  let taken = 0;
  for (let depth = 0; depth < MAX_DEPTH; depth++) {
    const segment = segmentBefore(path, taken);
    if (segment === undefined) return;
    const known = node.get(segment);
    if (known === undefined) node.set(segment, path);
    if (known === undefined || known === path) return;
    taken += segment.length + 1;
    const next = typeof known === "string" ? branchWith(known, taken) : known;
    node.set(segment, next);
    node = next;
  }
}

function branchWith(path: string, taken: number): Map<string, Ending> {
  const segment = segmentBefore(path, taken);
  return new Map(segment === undefined ? [] : [[segment, path]]);
}

/** The segment before the last characters of a path, which with the `/` before them are `taken`. */
function segmentBefore(path: string, taken: number): string | undefined {
  const end = path.length - taken;
  return end < 0 ? undefined : path.slice(path.lastIndexOf("/", end - 1) + 1, end);
}

const endsWithPath = (whole: string, path: string): boolean =>
  whole === path || whole.endsWith(`/${path}`);

/** The one path that ends so. */
function onlyOf(ending: Ending): string | undefined {
  let only: Ending | undefined = ending;
  while (typeof only === "object") only = only.size === 1 ? [...only.values()][0] : undefined;
  return only;
}
