import type { Domain } from "../analysis/domain.ts";
import { acyclic, type Link } from "../analysis/links.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { componentsOf } from "../architecture/components.ts";
import { plain } from "../text/terms.ts";
import { FOUNDATION, homesOf } from "./story-homes.ts";

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

function byStory(
  around: Surroundings,
  domain: Domain,
  links: readonly Link[],
): readonly PhaseDraft[] {
  const home = homesOf(around, domain, links);
  const stories = around.spec.stories.map((story, index) => ({
    key: story.id,
    name: `${story.id} ${plain(story.title)}`,
    goal: plain(story.independentTest ?? "") || plain(story.narrative) || plain(story.title),
    demands: around.demands.filter(({ id }) => home.get(id) === story.id),
    story: story.id,
    rank: `${story.priority ?? "P2"}-${String(index).padStart(4, "0")}`,
  }));
  const first = around.demands.filter(({ id }) => home.get(id) === FOUNDATION);
  const homeless = around.demands.filter(({ id }) => !home.has(id));
  const founding = {
    key: FOUNDATION,
    name: "Foundation",
    goal: `Build what several stories or none of them ask for: ${first.map(({ id }) => id).join(", ")}.`,
    demands: first,
    story: undefined,
    rank: "",
  };
  const all = first.length > 0 ? [founding, ...stories] : stories;
  if (homeless.length === 0) return all;
  return [
    ...all,
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
    around.spec.stories.length > 0 ? byStory(around, domain, links) : byComponent(around, domain);
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
  const rankOf = new Map(drafts.map(({ key, rank }) => [key, rank]));
  // of phases that need each other the more urgent one comes first, unless much more speaks against it
  const backward = ({ from, to }: Link): number =>
    Number((rankOf.get(from) ?? "") < (rankOf.get(to) ?? ""));
  const between = acyclic(
    [...counts.values()]
      .toSorted((a, b) => b.count - a.count || backward(a.link) - backward(b.link))
      .map(({ link }) => link),
  );
  return ordered(drafts, between);
}
