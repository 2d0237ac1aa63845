import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { rootsOf } from "../text/roots.ts";

/** A scenario or success criterion that may prove a demand, with what it speaks of. */
interface Candidate {
  readonly id: string;
  readonly story: string | undefined;
  readonly roots: ReadonlySet<string>;
  /** What is done and what comes of it; what is given beforehand proves little. */
  readonly told: ReadonlySet<string>;
  /** Something is turned down in it. */
  readonly refuses: boolean;
}

/** How far a scenario or criterion speaks of a demand. */
interface Proof {
  readonly id: string;
  /** 0 to about 1.5: the share of the demand that it speaks of, and half the share of it that the demand speaks of. */
  readonly score: number;
}

/** Measures the texts of one spec against each other. */
interface Scale {
  readonly candidates: readonly Candidate[];
  /** Rare roots say more; one that all texts have says nothing (inverse document frequency, Spärck Jones 1972). */
  readonly weight: (root: string) => number;
  readonly isProvable: (root: string) => boolean;
  readonly stories: ReadonlyMap<string, ReadonlySet<string>>;
  /** Who acts in the demands. */
  readonly actors: readonly string[];
  /** What was found already, by demand. */
  readonly found: Map<string, readonly Proof[]>;
}

/** Part of a root's weight where it is said only in brackets; only as given; where no scenario or criterion has it. */
const ASIDE = 0.4;
const GIVEN = 0.5;
const UNPROVEN = 0.5;

/** What is left of a score where the text lacks what the demand is: a refusal, its deed, or who does it. */
const NO_REFUSAL = 0.5;
const NO_DEED = 0.6;
const OTHER_ACTOR = 0.6;
const LEAST_WEIGHT = 0.05;

/**
 * Score from which a text proves a demand, and below which it is certain that it does not; between them the words do not
 * tell. Set by hand-made links of two real specs (34 requirements), one English, one French.
 */
const PROVES = 0.36;
const UNSURE = 0.23;
const UNSURE_OF_BOUND = 0.33;
/** What proves a demand much less than the best does is about something else. */
const NEAR_BEST = 0.68;

/** Words for whoever uses the thing: they tell nobody apart. */
const ANYBODY = rootsOf("users visitors visiteurs utilisateurs people person everyone");

const scales = new WeakMap<Surroundings, Scale>();

function scaleOf(around: Surroundings): Scale {
  const known = scales.get(around);
  if (known) return known;
  const { spec, scenarios, demands } = around;
  const candidates: readonly Candidate[] = [
    ...scenarios.map(({ source, story, text, when, then }) => ({
      id: source,
      story,
      roots: rootsOf(text),
      told: when === "" && then === "" ? rootsOf(text) : rootsOf(`${when} ${then}`),
      refuses: REFUSAL.test(then || text),
    })),
    ...spec.criteria.map(({ id, text }) => ({
      id,
      story: undefined,
      roots: rootsOf(text),
      told: rootsOf(text),
      refuses: REFUSAL.test(text),
    })),
  ];
  const provable = countsOf(candidates.map(({ roots }) => roots));
  const all = countsOf([
    ...candidates.map(({ roots }) => roots),
    ...demands.map(({ text }) => rootsOf(text)),
  ]);
  const texts = candidates.length + demands.length;
  const scale: Scale = {
    candidates,
    weight: (root) => Math.max(LEAST_WEIGHT, Math.log(texts / (all.get(root) ?? 1))),
    isProvable: (root) => provable.has(root),
    found: new Map(),
    actors: [
      ...new Set(
        demands.flatMap(({ actions }) =>
          actions
            .flatMap(({ actor }) => [...rootsOf(actor ?? "")])
            .filter((one) => !ANYBODY.has(one)),
        ),
      ),
    ],
    stories: new Map(
      spec.stories.map((story) => [
        story.id,
        rootsOf([story.title, story.narrative, story.independentTest ?? ""].join(" ")),
      ]),
    ),
  };
  scales.set(around, scale);
  return scale;
}

function countsOf(texts: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const roots of texts)
    for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1);
  return counts;
}

const sum = (roots: Iterable<string>, weight: (root: string) => number): number => {
  let total = 0;
  for (const root of roots) total += weight(root);
  return total;
};

/** How much a story as a whole speaks of a demand, against the story that does most: 0 to 1. */
function storyShares(
  own: ReadonlySet<string>,
  { stories, weight }: Scale,
): ReadonlyMap<string, number> {
  const shared = [...stories].map(
    ([id, roots]) =>
      [
        id,
        sum(
          [...own].filter((root) => roots.has(root)),
          weight,
        ),
      ] as const,
  );
  const most = Math.max(0, ...shared.map(([, share]) => share));
  return new Map(shared.map(([id, share]) => [id, most === 0 ? 1 : share / most]));
}

/** Words of a text in which something is turned down. */
const REFUSAL =
  /\b(?:reject|refus|den(?:y|ie)|prevent|block|disabled|forbid|warn|error|fail|invalid|insufficient|not allowed|unable|cannot|can't|must not|no option|unchanged|rejet|interdit|bloqu|erreur|incorrect|impossible|échou|401|403|404|409|410|422|429)/iu;
/** A demand that something stays within bounds: only a refusal, or its own figure, shows that it holds. */
const BOUND =
  /\b(?:only one|at most|no more than|limit(?:ed)? to|maximum|must not|must never|shall not|ne doit pas|au plus|au maximum|prevent|reject|refuse[rs]?|refuser|does not exceed|empêcher)\b/iu;

const isFigure = (root: string): boolean => /^\d/.test(root);

/** What of a demand says what is demanded: up to the first semicolon or second sentence, without brackets. */
const mainClause = ({ outright }: PlacedDemand): string =>
  /^.{20,}?(?:[;.](?=\s)|$)/su.exec(outright)?.[0] ?? outright;

/** `those requests MUST be automatically denied`. */
const PASSIVE = /\b(?:must|shall|should|will) (?:not )?be (?:\p{L}+ly )?(\p{L}+(?:ed|en|wn))\b/giu;

/** Roots of what is done, other than checks, which show in refusals. */
const deedsOf = (demand: PlacedDemand): readonly string[] =>
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

function askedBy(demand: PlacedDemand, scale: Scale): Asked {
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
    shares: storyShares(own, scale),
  };
}

const isBound = ({ text, actions }: PlacedDemand): boolean =>
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

function proofsOf(demand: PlacedDemand, scale: Scale): readonly Proof[] {
  const known = scale.found.get(demand.id);
  if (known) return known;
  const asked = askedBy(demand, scale);
  const found = scale.candidates
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
  scale.found.set(demand.id, found);
  return found;
}

/** Ids of the scenarios (`US1/AC2`) and criteria that prove a demand, best first. */
export function provenBy(demand: PlacedDemand, around: Surroundings): readonly string[] {
  const all = proofsOf(demand, scaleOf(around));
  const best = all[0]?.score ?? 0;
  return all
    .filter(({ score }) => score >= PROVES && score >= best * NEAR_BEST)
    .map(({ id }) => id);
}

/** Whether it is certain that no scenario or criterion proves a demand: none is near, or none refuses what oversteps its bound. */
export function isUnproven(demand: PlacedDemand, around: Surroundings): boolean {
  if (demand.source === "story" && around.scenarios.some(({ story }) => story === demand.id))
    return false;
  const best = proofsOf(demand, scaleOf(around))[0]?.score ?? 0;
  return best < (isBound(demand) ? UNSURE_OF_BOUND : UNSURE);
}
