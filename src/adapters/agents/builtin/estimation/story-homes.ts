import type { Domain } from "../analysis/domain.ts";
import type { Link } from "../analysis/links.ts";
import { isUnproven, storiesServed } from "../analysis/proofs.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { componentsOf } from "../architecture/components.ts";
import { rootsOf } from "../text/roots.ts";

/** The phase that comes before all stories. */
export const FOUNDATION = "foundation";

/** Demands about who comes in: every story needs them, whichever words they share with one. */
const ENTRY =
  /\b(?:log|sign)[- ]?in\b|\bauthenticat(?:ion|e users?)\b|\b(?:session|access|refresh) tokens?\b/iu;

/** Signing in, where no story is about it. */
const isEntry = ({ outright }: PlacedDemand, { spec }: Surroundings): boolean =>
  ENTRY.test(outright) &&
  !spec.stories.some(({ title }) => ENTRY.test(title) || rootsOf(title).has("login"));

/** What is done to stored things to protect them: it comes with the first story that stores them. */
const PROTECTS =
  /\b(?:hash|encrypt|salt|redact|pseudonymi[sz]e|hasher|chiffrer|saler|verschlüsseln|cifrar)(?:e?s|e?d|ing)?\b/iu;

/** Of the stories whose scenarios speak of what a demand protects, the first. */
function firstStoring(
  demand: PlacedDemand,
  { scenarios }: Surroundings,
  order: readonly string[],
): string | undefined {
  if (!PROTECTS.test(demand.outright)) return undefined;
  const things = [...rootsOf(demand.actions.map(({ object }) => object).join(" "))];
  return order.find((id) =>
    scenarios.some(({ story, text }) => {
      const roots = rootsOf(text);
      return story === id && things.length > 0 && things.every((thing) => roots.has(thing));
    }),
  );
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

const earliest = (stories: readonly string[], order: readonly string[]): string | undefined =>
  stories.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];

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
  for (const demand of around.demands) {
    const { id, stories } = demand;
    const own = isEntry(demand, around)
      ? undefined
      : (firstStoring(demand, around, order) ?? earliest(stories, order));
    if (own) found.set(id, own);
  }
  // what no scenario shows is built with what it needs
  for (const demand of around.demands.filter((one) => isUnproven(one, around))) {
    const needed = links.flatMap(({ from, to }) =>
      from === demand.id ? (found.get(to) ?? []) : [],
    );
    const latest = needed.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0];
    if (latest && around.spec.stories.length > 1) found.set(demand.id, latest);
  }
  const served = new Map(found);
  for (const demand of around.demands.filter(({ id }) => !served.has(id))) {
    const needing = new Set(
      [...dependentsOf(demand.id, links)].flatMap((id) => served.get(id) ?? []),
    );
    const [one] = needing;
    const near = ENTRY.test(demand.outright)
      ? FOUNDATION
      : earliest(storiesServed(demand, around, "nearest"), order);
    const home = needing.size > 1 ? FOUNDATION : (one ?? near);
    if (home) found.set(demand.id, home);
  }
  const usual = usualStories(around, domain, found);
  for (const { id } of around.demands)
    if (!found.has(id)) found.set(id, usual.get(id) ?? FOUNDATION);
  settle(around, found, links);
  return found;
}
