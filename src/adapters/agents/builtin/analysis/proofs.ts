import { rootsOf } from "../text/roots.ts";
import type { Demand } from "./demand.ts";
import { scaleOf, type Candidate, type Reading, type Scale } from "./scale.ts";

/** How far a scenario or criterion speaks of a demand. */
interface Proof {
  readonly id: string;
  /** 0 to about 1.5: the share of the demand that it speaks of, and half the share of it that the demand speaks of; of a story up to 2. */
  readonly score: number;
}

/** Part of a root's weight where it is said only in brackets; only as given; where no scenario or criterion has it. */
const ASIDE = 0.4;
const GIVEN = 0.5;
const UNPROVEN = 0.5;

/** What is left of a score where the text lacks what the demand is: a refusal, its deed, or who does it. */
const NO_REFUSAL = 0.5;
const NO_DEED = 0.6;
const OTHER_ACTOR = 0.6;

/**
 * Score from which a text proves a demand, and below which it is certain that it does not; between them the words do not
 * tell. Set by hand-made links of two real specs (31 requirements), one English, one French.
 */
const PROVES = 0.36;
const UNSURE = 0.23;
const UNSURE_OF_BOUND = 0.33;
/** Fewer scenarios and criteria than this can't tell words that matter from those that all share. */
const FEW = 8;
/** What proves a demand much less than the best does is about something else. */
const NEAR_BEST = 0.68;

const sum = (roots: Iterable<string>, weight: (root: string) => number): number => {
  let total = 0;
  for (const root of roots) total += weight(root);
  return total;
};

/** How much more a root weighs that is in a story's title. */
const TITLE = 3;

/** How much a story as a whole speaks of a demand, against the story that does most: 0 to 1. */
function storyShares(
  own: ReadonlySet<string>,
  weigh: (root: string) => number,
  { stories }: Scale,
): ReadonlyMap<string, number> {
  const shared = [...stories].map(([id, { title, told }]) => {
    const both = [...own].filter((root) => told.has(root));
    const weight = sum(both, (root) => weigh(root) * (title.has(root) ? TITLE : 1));
    return [id, both.length < 2 ? 0 : weight] as const;
  });
  const most = Math.max(0, ...shared.map(([, weight]) => weight));
  return new Map(shared.map(([id, weight]) => [id, most === 0 ? 0 : weight / most]));
}

/** A demand that something stays within bounds: only a refusal, or its own figure, shows that it holds. */
const BOUND =
  /\b(?:only one|at most|no more than|limit(?:ed)? to|maximum|must not|must never|shall not|ne doit pas|au plus|au maximum|prevent|reject|refuse[rs]?|refuser|does not exceed|empêcher)\b/iu;

const isFigure = (root: string): boolean => /^\d/.test(root);

/** What of a demand says what is demanded: up to the first semicolon or second sentence, without brackets. */
const mainClause = ({ outright }: Demand): string =>
  /^.{20,}?(?:[;.](?=\s)|$)/su.exec(outright)?.[0] ?? outright;

/** `those requests MUST be automatically denied`. */
const PASSIVE = /\b(?:must|shall|should|will) (?:not )?be (?:\p{L}+ly )?(\p{L}+(?:ed|en|wn))\b/giu;

/** Roots of what is done, other than checks, which show in refusals. */
const deedsOf = (demand: Demand): readonly string[] =>
  [
    ...demand.actions
      .filter(({ kind }) => kind !== "offer" && kind !== "check")
      .map(({ verb }) => verb),
    ...[...demand.outright.matchAll(PASSIVE)].map(([, verb = ""]) => verb),
  ].flatMap((verb) => [...rootsOf(verb)]);

/** What a demand is compared by. */
interface Asked {
  readonly own: ReadonlySet<string>;
  readonly deeds: readonly string[];
  readonly actor: readonly string[];
  readonly isBound: boolean;
  readonly whole: number;
  readonly shares: ReadonlyMap<string, number>;
  readonly weigh: (root: string) => number;
}

function askedBy(demand: Demand, scale: Scale): Asked {
  const main = rootsOf(mainClause(demand));
  const own = rootsOf(demand.text);
  const weigh = (root: string): number =>
    scale.weight(root) * (main.has(root) ? 1 : ASIDE) * (scale.isProvable(root) ? 1 : UNPROVEN);
  return {
    own,
    weigh,
    whole: sum(own, weigh),
    deeds: deedsOf(demand).filter((root) => scale.isProvable(root)),
    actor: [...rootsOf(demand.actions[0]?.actor ?? "")].filter((one) => scale.actors.includes(one)),
    isBound: isBound(demand),
    shares: storyShares(own, weigh, scale),
  };
}

const isBound = ({ text, actions }: Demand): boolean =>
  BOUND.test(text) || actions[0]?.kind === "check";

/** What is left of a score where refusal, deed or actor are missing. */
function kept(asked: Asked, candidate: Candidate, shared: readonly string[], scale: Scale): number {
  const { roots, told, refuses, story } = candidate;
  const { isBound: bound, deeds, actor } = asked;
  const home = story === undefined ? 1 : 0.7 + 0.3 * (asked.shares.get(story) ?? 0);
  const held = !bound || refuses || shared.some(isFigure) ? 1 : NO_REFUSAL;
  const done = bound || deeds.length === 0 || deeds.some((deed) => told.has(deed)) ? 1 : NO_DEED;
  const others = scale.actors.some((one) => roots.has(one));
  const by = actor.length === 0 || !others || actor.some((one) => roots.has(one)) ? 1 : OTHER_ACTOR;
  return home * held * done * by;
}

interface Comparison {
  readonly proofs: readonly Proof[];
  readonly stories: readonly Proof[];
}

const known = new WeakMap<Scale, Map<string, Comparison>>();

/** A demand against all that may prove it, once. */
function compared(demand: Demand, scale: Scale): Comparison {
  const all = known.get(scale) ?? new Map<string, Comparison>();
  known.set(scale, all);
  const earlier = all.get(demand.id);
  if (earlier) return earlier;
  const asked = askedBy(demand, scale);
  const proofs = proofsOf(asked, scale);
  const found = { proofs, stories: storiesBy(asked, proofs, scale) };
  all.set(demand.id, found);
  return found;
}

/** How much each story is about a demand: by its scenario that proves it best, and by all that it tells. */
function storiesBy(asked: Asked, proofs: readonly Proof[], scale: Scale): readonly Proof[] {
  const storyOf = new Map(scale.candidates.map(({ id, story }) => [id, story]));
  return [...asked.shares]
    .map(([id, share]) => ({
      id,
      score: share / 2 + (proofs.find((one) => storyOf.get(one.id) === id)?.score ?? 0),
    }))
    .toSorted((a, b) => b.score - a.score);
}

/** What each scenario and criterion proves of it, best first. */
const proofsOf = (asked: Asked, scale: Scale): readonly Proof[] =>
  scale.candidates
    .map((candidate) => {
      const { id, roots, told } = candidate;
      const shared = [...asked.own].filter((root) => roots.has(root));
      if (shared.length < 2) return { id, score: 0 };
      const part = (root: string): number => (told.has(root) ? 1 : GIVEN);
      const spoken = sum(shared, (root) => asked.weigh(root) * part(root)) / asked.whole;
      const about =
        sum(shared, (root) => scale.weight(root) * part(root)) / sum(roots, scale.weight);
      return { id, score: (spoken + about / 2) * kept(asked, candidate, shared, scale) };
    })
    .toSorted((a, b) => b.score - a.score);

/** Ids of the scenarios (`US1/AC2`) and criteria that prove a demand, best first. */
export function provenBy(demand: Demand, around: Reading): readonly string[] {
  const all = compared(demand, scaleOf(around)).proofs;
  const best = all[0]?.score ?? 0;
  return all
    .filter(({ score }) => score >= PROVES && score >= best * NEAR_BEST)
    .map(({ id }) => id);
}

/** Whether it is certain that no scenario or criterion proves a demand: none is near, or none refuses what oversteps its bound. */
export function isUnproven(demand: Demand, around: Reading): boolean {
  if (demand.source === "story" && around.scenarios.some(({ story }) => story === demand.id))
    return false;
  const scale = scaleOf(around);
  const best = compared(demand, scale).proofs[0]?.score ?? 0;
  if (isBound(demand)) return best < UNSURE_OF_BOUND;
  // of few texts no word is rare
  return best < (scale.candidates.length < FEW ? UNSURE / 2 : UNSURE);
}

/** Least score of the story that a demand serves, and of one that it is only nearest to. */
const SERVES = 0.65;
const NEAREST = 0.45;
/** A story none of whose scenarios speaks of it at all only shares words. */
const LEAST_PROOF = 0.08;
/** Stories that are about it this much of the best are as good. */
const AS_GOOD = 0.8;
const MOST_STORIES = 3;

/** The stories that a demand serves, best first; with `nearest` also those that are merely nearer to it than others. */
export function storiesServed(
  demand: Demand,
  around: Reading,
  least: "serves" | "nearest" = "serves",
): readonly string[] {
  const { stories: all, proofs } = compared(demand, scaleOf(around));
  const best = all[0]?.score ?? 0;
  if (best < (least === "serves" ? SERVES : NEAREST)) return [];
  if ((proofs[0]?.score ?? 0) < LEAST_PROOF) return [];
  return all
    .filter(({ score }) => score >= best * AS_GOOD)
    .slice(0, MOST_STORIES)
    .map(({ id }) => id);
}

/** A text that names this many stories by their titles goes through them all. */
const SEVERAL = 3;

/** The stories that a text is about, by all that they tell; all that it names by their titles, where it names several. */
export function storiesAbout(text: string, around: Reading): readonly string[] {
  const scale = scaleOf(around);
  const roots = rootsOf(text);
  const titles = [...scale.stories].map(([id, { title }]) => [id, title] as const);
  const named = titles.filter(([id, title]) =>
    [...title].some(
      (root) => roots.has(root) && titles.every(([other, its]) => other === id || !its.has(root)),
    ),
  );
  if (named.length >= SEVERAL) return named.map(([id]) => id);
  return [...storyShares(roots, scale.weight, scale)]
    .filter(([, share]) => share >= AS_GOOD)
    .map(([id]) => id);
}
