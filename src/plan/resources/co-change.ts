import { isDocument } from "./file-words.ts";
import type { ResourceUse } from "./model.ts";
import type { UsesByTask } from "./plan-uses.ts";

/** Who changes `from` mostly changes `to` as well. */
export interface CoChange {
  readonly from: string;
  readonly to: string;
  /** Commits that changed both, and commits that changed `from`. */
  readonly together: number;
  readonly changes: number;
  /** `together` / `changes`. */
  readonly confidence: number;
}

export interface CoChangeLimits {
  /** Commits that must have changed both. */
  readonly support: number;
  /** Least part of the changes of a file that came with the other. */
  readonly confidence: number;
  /** Commits with more files are left out: formatting, renaming, vendoring. */
  readonly files: number;
}

/**
 * The limits of Zimmermann et al., Mining Version Histories to Guide Software Changes (ICSE 2004): few transactions are needed
 * for a rule, transactions of more than 30 files say nothing. The confidence is higher than theirs, as a wrong hint costs a
 * look at every pair of tasks.
 */
export const CO_CHANGE_LIMITS: CoChangeLimits = { support: 4, confidence: 0.6, files: 30 };

/**
 * Files that change together, by how surely one follows from the other. Time in the sum of the squares of the commits' files,
 * which are at most `limits.files` each.
 *
 * @param commits the files of each commit, without merges
 */
export function coChanges(
  commits: readonly (readonly string[])[],
  limits: CoChangeLimits = CO_CHANGE_LIMITS,
): readonly CoChange[] {
  const numbers = new Map<string, number>();
  const numberOf = (path: string): number => {
    const known = numbers.get(path) ?? numbers.size;
    numbers.set(path, known);
    return known;
  };
  const changes: number[] = [];
  const together = new Map<number, Map<number, number>>();
  for (const commit of commits) {
    const files = [...new Set(commit)];
    if (files.length > limits.files) continue;
    const nodes = files.map(numberOf);
    for (const from of nodes) {
      changes[from] = (changes[from] ?? 0) + 1;
      const others = together.get(from) ?? new Map<number, number>();
      together.set(from, others);
      for (const to of nodes) if (to !== from) others.set(to, (others.get(to) ?? 0) + 1);
    }
  }
  const names = [...numbers.keys()];
  return [...together]
    .flatMap(([from, others]) =>
      [...others].map(([to, both]) => ({
        from: names[from] ?? "",
        to: names[to] ?? "",
        together: both,
        changes: changes[from] ?? 0,
        confidence: both / Math.max(1, changes[from] ?? 0),
      })),
    )
    .filter((rule) => rule.together >= limits.support && rule.confidence >= limits.confidence)
    .toSorted(
      (a, b) =>
        b.confidence - a.confidence ||
        b.together - a.together ||
        (`${a.from}\n${a.to}` < `${b.from}\n${b.to}` ? -1 : 1),
    );
}

/** Most files that history adds to one task. */
const MOST = 10;

/**
 * The uses, and for each task the files that mostly change with those it writes. Documents and lockfiles follow from everything
 * and are left out.
 */
export function withHistory(uses: UsesByTask, rules: readonly CoChange[]): UsesByTask {
  const after = new Map<string, CoChange[]>();
  for (const rule of rules) {
    if (isDocument(rule.to) || /(?:^|[/.-])lock(?:\.|$)|-lock\.|\.sum$/.test(rule.to)) continue;
    const some = after.get(rule.from);
    if (some) some.push(rule);
    else after.set(rule.from, [rule]);
  }
  return new Map(
    [...uses].map(([task, some]) => {
      const own = new Set(some.map(({ resource }) => resource));
      const added = new Map<string, ResourceUse>();
      for (const { resource, access, place } of some)
        if (access === "write")
          for (const { to } of after.get(resource) ?? [])
            if (!own.has(to) && added.size < MOST)
              added.set(to, {
                resource: to,
                kind: "file",
                access: "read",
                sure: false,
                source: "history",
                place,
              });
      return [task, [...some, ...added.values()]];
    }),
  );
}
