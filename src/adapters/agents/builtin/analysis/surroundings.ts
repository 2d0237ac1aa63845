import type { Priority, Spec, Story } from "../../../../spec/model.ts";
import { plain, termsOf } from "../text/terms.ts";
import { demandsOf, type Demand } from "./demand.ts";
import { storiesServed } from "./proofs.ts";
import { createRelevance, type Relevance } from "./relevance.ts";
import type { Reading } from "./scale.ts";

/** A story's acceptance scenario with its name, `US1/AC2`. */
export interface NamedScenario {
  readonly source: string;
  readonly story: string;
  readonly given: string;
  readonly when: string;
  readonly then: string;
  readonly text: string;
  readonly line: number;
  readonly terms: ReadonlySet<string>;
}

/** A demand with what surrounds it in the spec. */
export interface PlacedDemand extends Demand {
  /** Ids of the stories it serves, best first; empty when no story shares its subject. */
  readonly stories: readonly string[];
  /** How the stories are known: `heading` when its own words fit none, but most of its neighbours under one heading serve it. */
  readonly storiesFrom: "text" | "heading";
  /** Its own, or the most urgent of its stories', or that of the story nearest to it, or `P2`. */
  readonly rank: "P0" | "P1" | "P2" | "P3";
  readonly rankFrom: "stated" | "story" | "nearest" | "assumed";
}

/** A spec read as a whole, before any analyst judges it. */
export interface Surroundings {
  readonly spec: Spec;
  readonly demands: readonly PlacedDemand[];
  readonly scenarios: readonly NamedScenario[];
  readonly relevance: Relevance;
}

const RANK: Readonly<Record<Priority, PlacedDemand["rank"]>> = {
  P0: "P0",
  P1: "P1",
  P2: "P2",
  P3: "P3",
  P4: "P3",
};

const scenariosOf = (stories: readonly Story[]): readonly NamedScenario[] =>
  stories.flatMap((story) =>
    story.scenarios.map((one) => {
      const text = plain(one.text) || [one.given, one.when, one.then].filter(Boolean).join(" ");
      return {
        source: `${story.id}/AC${one.number}`,
        story: story.id,
        given: plain(one.given ?? ""),
        when: plain(one.when ?? ""),
        then: plain(one.then ?? (one.given === undefined && one.when === undefined ? text : "")),
        text,
        line: one.line,
        terms: termsOf(text),
      };
    }),
  );

function servedBy(demand: Demand, reading: Reading): readonly string[] {
  if (demand.source === "story") return [demand.id];
  const named = reading.spec.stories.filter(
    (story) =>
      new RegExp(`\\b${story.id}\\b`).test(`${demand.text} ${demand.group ?? ""}`) ||
      [story.narrative, story.why ?? "", ...story.scenarios.map((one) => one.text)].some((text) =>
        text.includes(demand.id),
      ),
  );
  return named.length > 0 ? named.map(({ id }) => id) : storiesServed(demand, reading);
}

/** Least neighbours under the heading, and least share of those with a story, that must serve the same one. */
const NEIGHBOURS = 2;
const NEIGHBOUR_SHARE = 0.6;

/** The story that most demands under the same heading serve; undefined when they do not agree, or no heading tells apart. */
function neighbourStory(
  demand: Demand,
  demands: readonly Demand[],
  served: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (demand.group === undefined || demands.every(({ group }) => group === demand.group))
    return undefined;
  const homes = demands
    .filter((one) => one !== demand && one.group === demand.group)
    .flatMap(({ id }) => served.get(id)?.slice(0, 1) ?? []);
  const counts = new Map<string, number>();
  for (const story of homes) counts.set(story, (counts.get(story) ?? 0) + 1);
  const [story, count = 0] = [...counts.entries()].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return count >= NEIGHBOURS && count >= homes.length * NEIGHBOUR_SHARE ? story : undefined;
}

/**
 * The stories each demand serves. Where it is the only one that a story has, it is that story's, and no other's that has
 * demands of its own: else the story would be left without any.
 */
function storiesOf(
  demands: readonly Demand[],
  reading: Reading,
): ReadonlyMap<string, readonly string[]> {
  const all = new Map(demands.map((one) => [one.id, servedBy(one, reading)]));
  const serving = new Map<string, number>();
  for (const story of [...all.values()].flat()) serving.set(story, (serving.get(story) ?? 0) + 1);
  const led = new Set([...all.values()].flatMap((stories) => stories.slice(0, 1)));
  return new Map(
    [...all].map(([id, [best, ...others]]): readonly [string, readonly string[]] => {
      if (best === undefined || (serving.get(best) ?? 0) > 1) return [id, all.get(id) ?? []];
      return [id, [best, ...others.filter((story) => !led.has(story))]];
    }),
  );
}

/** Read a spec as a whole: its demands with the stories they serve and the priority that follows. */
export function surroundingsOf(spec: Spec): Surroundings {
  const demands = demandsOf(spec);
  const scenarios = scenariosOf(spec.stories);
  const relevance = createRelevance([...demands, ...scenarios].map(({ terms }) => terms));
  const priorities = new Map(spec.stories.map((story) => [story.id, story.priority]));
  const reading = { spec, demands, scenarios };
  const byText = storiesOf(demands, reading);
  const urgency = (stories: readonly string[]): Priority | undefined =>
    stories.flatMap((id) => priorities.get(id) ?? []).toSorted()[0];
  return {
    spec,
    scenarios,
    relevance,
    demands: demands.map((demand) => {
      const own = byText.get(demand.id) ?? [];
      const near = own.length === 0 ? neighbourStory(demand, demands, byText) : undefined;
      const served = near === undefined ? own : [near];
      const lent = urgency(served);
      const nearest =
        lent ??
        (served.length === 0 ? urgency(storiesServed(demand, reading, "nearest")) : undefined);
      return {
        ...demand,
        stories: served,
        storiesFrom: near === undefined ? "text" : "heading",
        rank: RANK[demand.priority ?? nearest ?? "P2"],
        rankFrom: demand.priority ? "stated" : lent ? "story" : nearest ? "nearest" : "assumed",
      };
    }),
  };
}
