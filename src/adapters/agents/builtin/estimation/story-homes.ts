import type { Domain } from "../analysis/domain.ts";
import type { Link } from "../analysis/links.ts";
import { sharedCount } from "../analysis/relevance.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { componentsOf } from "../architecture/components.ts";
import { termsOf } from "../text/terms.ts";

/** The phase that comes before all stories. */
export const FOUNDATION = "foundation";

/** Least share of a demand's subject in a story for it to be built there without serving it. */
const NEAR = 0.15;

/** Demands about who comes in: every story needs them, whichever words they share with one. */
const ENTRY =
  /\b(?:log|sign)[- ]?in\b|\bauthenticat(?:ion|e users?)\b|\b(?:session|access|refresh) tokens?\b/iu;

/** The story that shares most of a demand's subject, too little to say it serves it but enough to build it there. */
function nearestStory(
  demand: PlacedDemand,
  { spec, scenarios, relevance }: Surroundings,
): string | undefined {
  return spec.stories
    .map((story) => {
      const own = scenarios.filter((one) => one.story === story.id).map(({ text }) => text);
      const terms = termsOf(
        [story.title, story.narrative, story.independentTest ?? "", ...own].join(" "),
      );
      return {
        id: story.id,
        shared: sharedCount(demand.terms, terms),
        score: relevance.containment(demand.terms, terms),
      };
    })
    .filter(({ shared, score }) => shared >= 2 && score >= NEAR)
    .toSorted((a, b) => b.score - a.score)[0]?.id;
}

/** All that need a demand, directly or through others. */
function dependentsOf(id: string, links: readonly Link[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { from, to } of links)
      if (to === at && !found.has(from)) {
        found.add(from);
        open.push(from);
      }
  return found;
}

/** The story that most demands of a component are built with. */
function usualStories(
  around: Surroundings,
  domain: Domain,
  found: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const usual = new Map<string, string>();
  for (const { demands } of componentsOf(around, domain)) {
    const homes = demands.flatMap(({ id }) => found.get(id) ?? []);
    const counts = new Map<string, number>();
    for (const story of homes) counts.set(story, (counts.get(story) ?? 0) + 1);
    const [story, count = 0] = [...counts.entries()].toSorted((a, b) => b[1] - a[1])[0] ?? [];
    if (story && count >= 2 && count >= homes.length * 0.6)
      for (const { id } of demands) usual.set(id, story);
  }
  return usual;
}

/** Demands in the foundation that need one of a story are no foundation. */
function unfounded(found: ReadonlyMap<string, string>, links: readonly Link[]): readonly string[] {
  return [...found.entries()].flatMap(([id, home]) =>
    home === FOUNDATION &&
    links.some(({ from, to }) => {
      const needed = found.get(to);
      return from === id && needed !== FOUNDATION && (needed !== undefined || /\d$/.test(to));
    })
      ? [id]
      : [],
  );
}

/** A rule over everything belongs to no story, even if it needs only one. */
const UNIVERSAL = /^(?:all|every|each|any|no)\b/i;

/** Move what needs a story's work out of the foundation: to that story, or out of all when there are several. */
function settle(
  { demands }: Surroundings,
  found: Map<string, string>,
  links: readonly Link[],
): void {
  for (let loose = unfounded(found, links); loose.length > 0; loose = unfounded(found, links))
    for (const id of loose) {
      const needed = new Set(
        links.flatMap(({ from, to }) => (from === id ? (found.get(to) ?? []) : [])),
      );
      needed.delete(FOUNDATION);
      const [story] = needed;
      const outright = demands.find((one) => one.id === id)?.outright ?? "";
      if (needed.size === 1 && story !== undefined && !UNIVERSAL.test(outright))
        found.set(id, story);
      else found.delete(id);
    }
}

/**
 * The story each demand is built with, or `foundation`: its own story's; where none fits, the foundation if several stories
 * need it or the one story that does; then the story nearest to it, then that of its component; at last the foundation, unless
 * it needs a story's work itself. A demand without a home holds across all stories.
 */
export function homesOf(
  around: Surroundings,
  domain: Domain,
  links: readonly Link[],
): ReadonlyMap<string, string> {
  const order = around.spec.stories
    .map(({ id, priority }, index) => ({
      id,
      key: `${priority ?? "P2"}-${String(index).padStart(4, "0")}`,
    }))
    .toSorted((a, b) => a.key.localeCompare(b.key))
    .map(({ id }) => id);
  const found = new Map<string, string>();
  for (const { id, stories } of around.demands) {
    const own = stories.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];
    if (own) found.set(id, own);
  }
  const served = new Map(found);
  for (const demand of around.demands.filter(({ id }) => !served.has(id))) {
    const needing = new Set(
      [...dependentsOf(demand.id, links)].flatMap((id) => served.get(id) ?? []),
    );
    const [one] = needing;
    const near = ENTRY.test(demand.outright) ? FOUNDATION : nearestStory(demand, around);
    const home = needing.size > 1 ? FOUNDATION : (one ?? near);
    if (home) found.set(demand.id, home);
  }
  const usual = usualStories(around, domain, found);
  for (const { id } of around.demands)
    if (!found.has(id)) found.set(id, usual.get(id) ?? FOUNDATION);
  settle(around, found, links);
  return found;
}
