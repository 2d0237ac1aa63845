import type { Spec } from "../../../../spec/model.ts";
import { rootsOf } from "../text/roots.ts";
import type { Demand } from "./demand.ts";

/** A spec as far as it is read when its texts are compared. */
export interface Reading {
  readonly spec: Spec;
  readonly demands: readonly Demand[];
  readonly scenarios: readonly {
    readonly source: string;
    readonly story: string;
    readonly when: string;
    readonly then: string;
    readonly text: string;
  }[];
}

/** A scenario or success criterion that may prove a demand, with what it speaks of. */
export interface Candidate {
  readonly id: string;
  readonly story: string | undefined;
  readonly roots: ReadonlySet<string>;
  /** What is done and what comes of it; what is given beforehand proves little. */
  readonly told: ReadonlySet<string>;
  /** Something is turned down in it. */
  readonly refuses: boolean;
}

/** What a story speaks of, as a whole and in its title. */
export interface StoryRoots {
  readonly title: ReadonlySet<string>;
  readonly told: ReadonlySet<string>;
}

/** Measures the texts of one spec against each other. */
export interface Scale {
  readonly candidates: readonly Candidate[];
  /** Rare roots say more; one that all texts have says nothing (inverse document frequency, Spärck Jones 1972). */
  readonly weight: (root: string) => number;
  readonly isProvable: (root: string) => boolean;
  readonly stories: ReadonlyMap<string, StoryRoots>;
  /** Who acts in the demands. */
  readonly actors: readonly string[];
}

/** Weight of a root that all texts have. */
const LEAST_WEIGHT = 0.05;

/** Words of a text in which something is turned down. */
const REFUSAL =
  /\b(?:reject|refus|den(?:y|ie)|prevent|block|disabled|forbid|warn|error|fail|invalid|insufficient|not allowed|unable|cannot|can't|must not|no option|unchanged|rejet|interdit|bloqu|erreur|incorrect|impossible|échou|401|403|404|409|410|422|429)/iu;
/** Words for whoever uses the thing: they tell nobody apart. */
const ANYBODY = rootsOf("users visitors visiteurs utilisateurs people person everyone");

const scales = new WeakMap<Spec, Scale>();

/** Scenarios, then criteria. */
const candidatesOf = ({ scenarios, spec }: Reading): readonly Candidate[] => [
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

/** All that is compared within one spec, read once. */
export function scaleOf(around: Reading): Scale {
  const known = scales.get(around.spec);
  if (known) return known;
  const { spec, demands } = around;
  const candidates = candidatesOf(around);
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
        {
          title: rootsOf(story.title),
          told: rootsOf(
            [
              story.title,
              story.narrative,
              story.independentTest ?? "",
              ...story.scenarios.map(({ text }) => text),
            ].join(" "),
          ),
        },
      ]),
    ),
  };
  scales.set(spec, scale);
  return scale;
}

function countsOf(texts: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const roots of texts)
    for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1);
  return counts;
}
