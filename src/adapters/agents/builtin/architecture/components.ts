import { domainOf, topicTitle, type Domain, type Topic } from "../analysis/domain.ts";
import { quoteOf } from "../analysis/evidence.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { isTooling } from "../analysis/tooling.ts";
import { cutAtClause, withoutMarkers } from "../text/clause.ts";
import { capitalize, humanize, plain, singular } from "../text/terms.ts";
import type { VerbKind } from "../text/verbs-lexicon.ts";
import { CONCERNS } from "./concerns-lexicon.ts";
import { entityOwners } from "./entity-owners.ts";

/** A part of the system that carries demands belonging together. */
export interface Component {
  readonly name: string;
  readonly topic: Topic | undefined;
  readonly demands: readonly PlacedDemand[];
  /** Names of the spec's entities it owns. */
  readonly entities: readonly string[];
}

/** Past this many demands, and this share of all, a component is taken apart by what its demands do. */
const BIG = 6;
const BIG_SHARE = 0.5;

/** A component before it has its entities. */
export type Bundle = { name: string; topic: Topic | undefined; demands: PlacedDemand[] };

const PARTS: readonly { readonly suffix: string; readonly kinds: readonly VerbKind[] }[] = [
  { suffix: "views", kinds: ["read"] },
  { suffix: "execution", kinds: ["run", "notify"] },
  { suffix: "rules", kinds: ["check"] },
  { suffix: "history", kinds: ["record"] },
];

/** Take a component that carries most of the spec apart by what is done; parts of one demand stay with the rest. */
function takeApart(bundle: Bundle, all: number): readonly Bundle[] {
  if (!bundle.topic || bundle.demands.length < BIG || bundle.demands.length < all * BIG_SHARE)
    return [bundle];
  const thing = capitalize(singular(bundle.topic.name.split(" / ")[0] ?? bundle.topic.name));
  const parts = PARTS.map(({ suffix, kinds }) => ({
    name: `${thing} ${suffix}`,
    topic: undefined,
    demands: bundle.demands.filter(
      ({ actions }) => actions.length > 0 && actions.every(({ kind }) => kinds.includes(kind)),
    ),
  })).filter(({ demands }) => demands.length >= 2);
  if (parts.length === 0) return [bundle];
  const moved = new Set(parts.flatMap(({ demands }) => demands));
  const rest = bundle.demands.filter((one) => !moved.has(one));
  return rest.length === 0
    ? parts
    : [{ ...bundle, name: `${thing} management`, demands: rest }, ...parts];
}

/** Put a demand that is about no topic with a concern it names, with the component nearest to it, or on its own. */
function place(demand: PlacedDemand, bundles: Bundle[], around: Surroundings): void {
  const concern = CONCERNS.find(({ pattern }) => pattern.test(demand.text));
  const known = concern && bundles.find(({ name }) => name === concern.name);
  const near = bundles
    .map((bundle) => ({
      bundle,
      score: Math.max(
        ...bundle.demands.map((one) => around.relevance.likeness(one.terms, demand.terms)),
        bundle.topic ? around.relevance.likeness(bundle.topic.terms, demand.terms) : 0,
      ),
    }))
    .toSorted((a, b) => b.score - a.score)[0];
  const own = nameAlone(demand) ?? subjectAlone(demand, around);
  const same = bundles.find(({ name }) => name === (own ?? subjectOf(demand)));
  if (known) known.demands.push(demand);
  else if (concern && (near?.score ?? 0) < 0.45)
    bundles.push({ name: concern.name, topic: undefined, demands: [demand] });
  else if (near && near.score >= (own === undefined ? 0.04 : 0.13))
    near.bundle.demands.push(demand);
  else if (same) same.demands.push(demand);
  else bundles.push({ name: own ?? subjectOf(demand), topic: undefined, demands: [demand] });
}

/** Words that name nothing by themselves: what stands at either end of a name without telling what it is. */
const NAMELESS =
  /^(?:and\/or|and|or|well|many|various|several|multiple|different|any|all|some|each|every|more|most|much|few|other|such|for|with|of|to|by|in|on|at|from|as|it|its|their|the|an?|is|are|be|been|things?|stuff|good|nice|fast|easy|etc\.?)$/i;

/** A name without words at its ends that name nothing; undefined when nothing is left. */
function naming(name: string): string | undefined {
  const words = name.split(" ").filter((word) => word !== "");
  const first = words.findIndex((word) => !NAMELESS.test(word));
  const last = words.findLastIndex((word) => !NAMELESS.test(word));
  return first < 0 ? undefined : capitalize(words.slice(first, last + 1).join(" "));
}

/** A name from what the demand acts on, if that is a noun phrase that can stand alone. */
function nameAlone({ actions, text, source }: PlacedDemand): string | undefined {
  if (source !== "requirement")
    return capitalize(humanize(text.split(":")[0] ?? text).slice(0, 60));
  const object = humanize(
    actions.find((one) => one.object !== "" && one.kind !== "check")?.object ?? "",
  );
  const words = object.split(" ");
  return words.length < 2 || words.length > 3 || /\d/.test(object) ? undefined : naming(object);
}

/** The grammatical subject, where it is neither a person nor what the spec calls the whole system. */
function subjectAlone(demand: PlacedDemand, { demands }: Surroundings): string | undefined {
  const subject = subjectOf(demand);
  const shared = demands.filter((one) => subjectOf(one) === subject).length;
  const people = demands.flatMap(({ actions }) => actions.map(({ actor }) => actor?.toLowerCase()));
  const words = subject.split(" ").length;
  return words > 4 ||
    words < 2 ||
    shared > Math.max(2, demands.length * 0.3) ||
    people.includes(subject.toLowerCase()) ||
    /^(?:if|when|existing|system|system must|système|no|removing|creating)\b/i.test(subject)
    ? undefined
    : subject;
}

const subjectOf = ({ text }: PlacedDemand): string => {
  const subject =
    /^(?:the |an? |all |each |every |les? |la |tous les |toutes les )*(.{3,50}?)\s(?:MUST|SHALL|SHOULD|CAN|MAY|DOIT|DOIVENT)\b/i.exec(
      text,
    )?.[1];
  const alone =
    subject && !/^(?:system|système|users?|utilisateurs?)$/i.test(subject)
      ? subject
      : text
          .replace(/^(?:the )?(?:system|users?) (?:must|shall|should|can|may) \S+\s+(?=\S)/i, "")
          .split(/\s+/)
          .slice(0, 5)
          .join(" ");
  return naming(humanize(alone).replace(/[,.;:]+$/, "")) ?? "Other rules";
};

/** Logging of several things belongs to the log, not to whatever is logged, unless the spec groups it or names the log. */
const isLog = (topic: Topic | undefined): boolean =>
  /\b(?:logs?|events?|audit|history|activity)\b/i.test(topic?.name ?? "");

const keepsEvidence = ({ id, text, actions }: PlacedDemand, domain: Domain): boolean => {
  const topic = domain.topicOf.get(id);
  const named =
    topic?.origin === "group" ||
    /log|event|audit|history|entr|record|transaction/i.test(topic?.name ?? "");
  return actions[0]?.kind === "record" && !named && /\b(?:audit|logs?)\b/i.test(text);
};

/** Cluster the demands of a spec into components named after its domain; every demand is in exactly one. */
export function componentsOf(
  around: Surroundings,
  domain: Domain = domainOf(around),
): readonly Component[] {
  const about = new Map(
    around.demands.map((demand) => [
      demand,
      keepsEvidence(demand, domain) ? domain.topics.find(isLog) : domain.topicOf.get(demand.id),
    ]),
  );
  const bundles: Bundle[] = domain.topics
    .map((topic) => ({
      name: topicTitle(topic),
      topic,
      demands: around.demands.filter((demand) => about.get(demand) === topic),
    }))
    .filter(({ demands }) => demands.length > 0);
  for (const demand of around.demands) if (!about.get(demand)) place(demand, bundles, around);
  // commands and scripts are one file each, whatever they do
  const apart = isTooling(around)
    ? bundles
    : bundles.flatMap((bundle) => takeApart(bundle, around.demands.length));
  const ordered = apart.toSorted(
    (a, b) =>
      Math.min(...a.demands.map(({ line }) => line)) -
      Math.min(...b.demands.map(({ line }) => line)),
  );
  const owners = entityOwners(ordered, domain, around);
  return ordered.map((one) => ({
    ...one,
    entities: owners.filter(({ owner }) => owner === one).map(({ entity }) => entity),
  }));
}

/** What a component does, in the words of the spec. */
export function responsibilityOf({ topic, demands }: Component, around: Surroundings): string {
  const entity = topic && around.spec.entities.find((one) => one.line === topic.line);
  const about = entity ? quoteOf(plain(entity.text).split(/(?<=[.;])\s/)[0] ?? "", 160) : "";
  const said = demands
    .slice(0, 4)
    .map(
      ({ id, text }) =>
        `${id} "${cutAtClause(withoutMarkers(text).replace(/^(?:the |le )?(?:system|système) (?:must|shall|doit) /i, ""), 90)}"`,
    );
  const more = demands.length - said.length;
  return [about, said.join("; ") + (more > 0 ? `; and ${more} more` : "")]
    .filter(Boolean)
    .join(" — ");
}
