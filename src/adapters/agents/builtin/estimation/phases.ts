import type { Domain } from "../analysis/domain.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { componentsOf } from "../architecture/components.ts";
import { sharedCount } from "../analysis/relevance.ts";
import { plain, termsOf } from "../text/terms.ts";

/** Demands that are built together, before they are tasks. */
export interface PhaseDraft {
  readonly key: string;
  readonly name: string;
  readonly goal: string;
  readonly demands: readonly PlacedDemand[];
  /** The story it serves; undefined for a phase cut by component. */
  readonly story: string | undefined;
  /** Lower is earlier. */
  readonly rank: string;
}

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
    .filter(({ shared, score }) => shared >= 2 && score >= 0.15)
    .toSorted((a, b) => b.score - a.score)[0]?.id;
}

/** The story a demand is built with: its own, or that of the demands it shares a component with, or the first that needs it. */
function homes(around: Surroundings, domain: Domain): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const order = around.spec.stories
    .map(({ id, priority }, index) => ({
      id,
      key: `${priority ?? "P2"}-${String(index).padStart(4, "0")}`,
    }))
    .toSorted((a, b) => a.key.localeCompare(b.key))
    .map(({ id }) => id);
  const earliest = (ids: readonly string[]) =>
    ids.toSorted((a, b) => order.indexOf(a) - order.indexOf(b))[0];
  for (const demand of around.demands) {
    const own = earliest(demand.stories) ?? nearestStory(demand, around);
    if (own) found.set(demand.id, own);
  }
  for (const { demands } of componentsOf(around, domain)) {
    const counts = new Map<string, number>();
    for (const { id } of demands) {
      const story = found.get(id);
      if (story) counts.set(story, (counts.get(story) ?? 0) + 1);
    }
    const usual = [...counts.entries()].toSorted((a, b) => b[1] - a[1])[0]?.[0];
    for (const { id } of demands) if (!found.has(id) && usual) found.set(id, usual);
  }
  return found;
}

function byStory(around: Surroundings, domain: Domain): readonly PhaseDraft[] {
  const home = homes(around, domain);
  const stories = around.spec.stories.map((story, index) => ({
    key: story.id,
    name: `${story.id} ${plain(story.title)}`,
    goal: plain(story.independentTest ?? "") || plain(story.narrative) || plain(story.title),
    demands: around.demands.filter(({ id }) => home.get(id) === story.id),
    story: story.id,
    rank: `${story.priority ?? "P2"}-${String(index).padStart(4, "0")}`,
  }));
  const homeless = around.demands.filter(({ id }) => !home.has(id));
  if (homeless.length === 0) return stories;
  return [
    ...stories,
    {
      key: "cross-cutting",
      name: "Rules across all stories",
      goal: `Hold everywhere: ${homeless.map(({ id }) => id).join(", ")}, which no single story asks for.`,
      demands: homeless,
      story: undefined,
      rank: "P8",
    },
  ];
}

const byComponent = (around: Surroundings, domain: Domain): readonly PhaseDraft[] =>
  componentsOf(around, domain).map((component, index) => ({
    key: component.name,
    name: component.name,
    goal: `Carry ${component.demands.map(({ id }) => id).join(", ")}.`,
    demands: component.demands,
    story: undefined,
    rank: `${component.demands.map(({ rank }) => rank).toSorted()[0] ?? "P2"}-${String(index).padStart(4, "0")}`,
  }));

/** Order so that what others need comes first, most urgent first among the rest. */
function ordered(drafts: readonly PhaseDraft[], links: readonly Link[]): readonly PhaseDraft[] {
  const left = drafts.toSorted((a, b) => a.rank.localeCompare(b.rank));
  const out: PhaseDraft[] = [];
  while (left.length > 0) {
    const done = new Set(out.map(({ key }) => key));
    const ready = left.findIndex(({ key }) =>
      links.every(({ from, to }) => from !== key || done.has(to)),
    );
    out.push(...left.splice(Math.max(0, ready), 1));
  }
  return out;
}

/** Phases of a plan in working order, with the links between them that the demands' links ask for. */
export function phasesOf(
  around: Surroundings,
  domain: Domain,
  links: readonly Link[],
): readonly PhaseDraft[] {
  const drafts =
    around.spec.stories.length > 0 ? byStory(around, domain) : byComponent(around, domain);
  const home = new Map(
    drafts.flatMap(({ key, demands }) => demands.map(({ id }) => [id, key] as const)),
  );
  const counts = new Map<string, { link: Link; count: number }>();
  for (const { from, to, reason } of links) {
    const [a, b] = [home.get(from), home.get(to)];
    if (!a || !b || a === b) continue;
    const entry = counts.get(`${a}|${b}`) ?? { link: { from: a, to: b, reason }, count: 0 };
    counts.set(`${a}|${b}`, { ...entry, count: entry.count + 1 });
  }
  const between = acyclic(
    [...counts.values()].toSorted((a, b) => b.count - a.count).map(({ link }) => link),
  );
  return ordered(drafts, between);
}
