import { stemsOf } from "../spec/terms.ts";

/** Something with words: a file, a task. */
export interface Worded {
  readonly key: string;
  readonly stems: ReadonlySet<string>;
}

/** Words of obligation and of software in general: they tell nothing apart. */
const COMMON = stemsOf(
  "must shall should system user users able support provide allow ensure include application feature data use using handle return value create add update test tests file files code function type string number name list error given",
);

/** Stems of a text that can tell it apart from others. */
export const tellingStems = (text: string): readonly string[] =>
  [...stemsOf(text.replace(/\[NEEDS[^\]]{0,500}\]?/g, " "))].filter((stem) => !COMMON.has(stem));

/** In more than this share of the texts, a word tells nothing apart. */
const TOO_COMMON = 0.3;
const MOST = 3;

/**
 * Finds what is worded like a text: by its rare words, at least three and most of them shared. A guess by nature, and to be
 * shown as one.
 */
export function likenessFinder(
  all: readonly Worded[],
  leastShare: number,
): (text: string) => readonly string[] {
  const frequency = new Map<string, number>();
  for (const { stems } of all)
    for (const stem of stems) frequency.set(stem, (frequency.get(stem) ?? 0) + 1);
  const most = Math.max(3, all.length * TOO_COMMON);
  return (text) => {
    const rare = tellingStems(text).filter((stem) => (frequency.get(stem) ?? 0) <= most);
    if (rare.length < 3) return [];
    return all
      .map(({ key, stems }) => ({ key, shared: rare.filter((stem) => stems.has(stem)).length }))
      .filter(({ shared }) => shared >= 3 && shared >= rare.length * leastShare)
      .toSorted((a, b) => b.shared - a.shared || (a.key < b.key ? -1 : 1))
      .slice(0, MOST)
      .map(({ key }) => key);
  };
}
