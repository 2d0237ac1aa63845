import { humanize, plain, plural, stem, termsOf, wordsOf } from "../text/terms.ts";
import { verbOf } from "../text/verbs-lexicon.ts";
import { sharedCount } from "./relevance.ts";
import type { PlacedDemand, Surroundings } from "./surroundings.ts";

/** A thing the spec is about: an entity it names, a heading it groups under, or what its sentences act on. */
export interface Topic {
  /** In the spec's own words, e.g. `Membership`. */
  readonly name: string;
  /** How it is titled where its name alone would say too little: `list and cleanup flows`. */
  readonly title?: string;
  readonly origin: "entity" | "group" | "object";
  /** Stems of the name, in order; the last one is the head. */
  readonly stems: readonly string[];
  /** Stems of name, description and fields. */
  readonly terms: ReadonlySet<string>;
  readonly line: number | undefined;
  /** Stems of other nouns the spec uses for it. */
  readonly aliases?: readonly string[];
}

/** Names like `Session/Token` or `User (extended)` read as the first of what they say. */
export const topicName = (name: string): string =>
  humanize(name.replace(/\s*\((?:[^)]*\)|[^)]*$)\s*/g, " "))
    .replace(/\s*\/\s*/g, " / ")
    .trim();

const stemsOf = (name: string): readonly string[] => wordsOf(name).map(stem);

function entityTopics({ spec }: Surroundings): readonly Topic[] {
  return spec.entities.map((entity) => {
    const name = topicName(entity.name);
    return {
      name,
      origin: "entity" as const,
      stems: stemsOf(name),
      terms: termsOf([name, plain(entity.text), ...entity.fields.map(humanize)].join(" ")),
      line: entity.line,
    };
  });
}

/** Noun phrases that at least two demands act on, longest first; a phrase ending in a longer one's head joins it. */
function objectTopics({ demands }: Surroundings): readonly Topic[] {
  const byHead = new Map<string, { phrases: string[]; ids: Set<string> }>();
  for (const demand of demands)
    for (const action of demand.actions.slice(0, 2)) {
      const words = wordsOf(action.object);
      const head = stem(words.at(-1) ?? "");
      if (
        head.length < 3 ||
        RELATIVE.test(words.at(-1) ?? "") ||
        (words.length === 1 && GENERIC.has(words[0] ?? ""))
      )
        continue;
      const entry = byHead.get(head) ?? { phrases: [], ids: new Set<string>() };
      entry.phrases.push(words.join(" "));
      entry.ids.add(demand.id);
      byHead.set(head, entry);
    }
  return [...byHead.values()]
    .filter(({ ids }) => ids.size >= 2)
    .map(({ phrases }) => {
      const name = commonEnding(phrases);
      const title = titleFrom(phrases, name);
      return {
        name,
        title,
        origin: "object" as const,
        stems: stemsOf(name),
        terms: termsOf(name),
        line: undefined,
      };
    });
}

/** A bare head with two of the words that stand before it: `flow` in "create flow", "cleanup flow" → `create and cleanup flow`. */
const titleFrom = (phrases: readonly string[], name: string): string => {
  if (name.includes(" ") || phrases.some((phrase) => phrase === name)) return name;
  const before = [...new Set(phrases.map((phrase) => phrase.split(" ").slice(0, -1).join(" ")))];
  const telling = before.every(
    (words) =>
      words.split(" ").length <= 2 && (/^flows?$/.test(name) || !verbOf(words.split(" ")[0] ?? "")),
  );
  return before.length === 2 && telling ? `${before.join(" and ")} ${name}` : name;
};

/** Nouns that say how one thing relates to another, and not what it is. */
const RELATIVE = /^(?:parents?|child|children|names?)$/;

/** Objects too common in requirements to be a subject by themselves. */
const GENERIC: ReadonlySet<string> = new Set(
  "request requests input inputs data information error errors response responses value values user users option options change changes message messages way action actions result results child children parent parents name names".split(
    " ",
  ),
);

/** What the phrases have in common at their ends: `missed deposits`, `scheduled deposits` → `deposits`. */
const commonEnding = (phrases: readonly string[]): string => {
  const lists = phrases.map((phrase) => wordsOf(phrase).toReversed());
  const shortest = Math.min(...lists.map((list) => list.length));
  let length = 1;
  while (
    length < shortest &&
    lists.every((list) => stem(list[length] ?? "") === stem(lists[0]?.[length] ?? ""))
  )
    length++;
  return (lists[0] ?? []).slice(0, length).toReversed().join(" ");
};

/** Sub-headings that group requirements, when the spec uses them: at least two, none holding everything. */
function groupTopics({ demands }: Surroundings): readonly Topic[] {
  const names = [...new Set(demands.map(({ group }) => group).filter((one) => one !== undefined))]
    .map((group) => ({ group, name: topicName(group) }))
    .filter(({ name }) => !/requirement|exigence|anforderung|requisito|must have/i.test(name));
  const grouped = demands.filter(({ group }) => names.some((one) => one.group === group)).length;
  if (names.length < 2 || grouped < demands.length * 0.6) return [];
  return names.map(({ group, name }) => ({
    name,
    origin: "group" as const,
    stems: stemsOf(name),
    terms: termsOf(
      [name, ...demands.filter((one) => one.group === group).map(({ text }) => text)].join(" "),
    ),
    line: undefined,
  }));
}

/** What a stem of five letters may have more than another: "count" is not "country". */
const ENDING = /^(?:e|er|or|ing|ed|al|at|ation|ion|ment|ship|able|ly)$/;

/** Stems that are the same word in another form. */
const meets = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (a === b) return true;
  if (short.length < 5 || !long.startsWith(short)) return false;
  return short.length > 5 || ENDING.test(long.slice(short.length));
};

/** 0 to 1: how far the words name the topic; the head of the name must be there. */
export function naming(topic: Topic, words: readonly string[]): number {
  const heads = /^(?:fil|definit|docu)$/.test(topic.stems.at(-1) ?? "")
    ? topic.stems.slice(-2)
    : topic.stems.slice(-1);
  if (topic.aliases?.some((alias) => words.some((word) => meets(word, alias)))) return 1;
  if (!words.some((word) => heads.some((head) => meets(word, head)))) return 0;
  const found = topic.stems.filter((one) => words.some((word) => meets(word, one))).length;
  return found / topic.stems.length;
}

/** The topics of a spec, and which each demand is about. */
export interface Domain {
  readonly topics: readonly Topic[];
  /** The one it is most about; undefined when it is about none of them. */
  readonly topicOf: ReadonlyMap<string, Topic>;
  /** All entities or objects it touches, main one first. */
  readonly touched: ReadonlyMap<string, readonly Topic[]>;
}

function scoreOf(topic: Topic, demand: PlacedDemand, { relevance }: Surroundings): number {
  if (topic.origin === "group") return topicName(demand.group ?? "") === topic.name ? 100 : 0;
  // in "deposit schedules" the schedules are acted on; the deposits only say which
  const central = naming(topic, demand.acted) > 0 ? 1 : 0.5;
  const inObject = central * naming(topic, demand.objects);
  const inSubject = naming(topic, demand.subject);
  const inText = naming(topic, demand.said);
  const said = new Set(demand.said.filter((one) => demand.terms.has(one)));
  const enough = demand.objects.some((one) => topic.terms.has(one)) ? 1 : 2;
  const described =
    sharedCount(said, topic.terms) >= enough ? relevance.containment(said, topic.terms) : 0;
  return (
    3 * inObject * inObject +
    2.5 * inSubject * inSubject +
    1.5 * inText * inText +
    (topic.origin === "entity" ? 2.5 * described : 0)
  );
}

/** `account` is another word for the entity that begins "a registered user account". */
const isAlias = (topic: Topic, entity: Topic, { spec }: Surroundings): boolean => {
  const text = spec.entities.find(({ line }) => line === entity.line)?.text ?? "";
  const opening = wordsOf(text.split(/[.;:,(]/)[0] ?? "");
  return opening.length <= 6 && topic.stems.at(-1) === stem(opening.at(-1) ?? "");
};

/** Least score at which a demand counts as being about a topic. */
const ABOUT = 0.9;
/** Least score at which it touches one. */
const TOUCHES = 1.2;

/** Find what a spec is about, from its entities, its grouping headings and the objects of its sentences. */
export function domainOf(around: Surroundings): Domain {
  const named = entityTopics(around);
  const groups = groupTopics(around);
  const unnamed = objectTopics(around).filter(
    (topic) =>
      !named.some((entity) => naming(entity, topic.stems) > 0 || naming(topic, entity.stems) > 0),
  );
  const entities = named.map((entity) => {
    const nouns = unnamed.filter((topic) => isAlias(topic, entity, around));
    const audit = entity.stems.filter((one) => one === "audit");
    return { ...entity, aliases: [...audit, ...nouns.flatMap(({ stems }) => stems.slice(-1))] };
  });
  const objects = unnamed.filter(
    (topic) => !entities.some((entity) => isAlias(topic, entity, around)),
  );
  const things = [...entities, ...objects];
  const topics = groups.length > 0 ? groups : things;
  const topicOf = new Map<string, Topic>();
  const touched = new Map<string, readonly Topic[]>();
  for (const demand of around.demands) {
    const rank = (list: readonly Topic[]) =>
      list
        .map((topic) => ({ topic, score: scoreOf(topic, demand, around) }))
        .toSorted((a, b) => b.score - a.score);
    const main = rank(topics)[0];
    if (main && main.score >= ABOUT) topicOf.set(demand.id, main.topic);
    touched.set(
      demand.id,
      rank(things)
        .filter(({ score }) => score >= TOUCHES)
        .slice(0, 4)
        .map(({ topic }) => topic),
    );
  }
  return { topics, topicOf, touched };
}

/** A topic as a component is called: `Allowance schedules`. Only English names get a plural. */
export const topicTitle = (topic: Topic): string => {
  const english =
    /^[\x20-\x7E]+$/.test(topic.name) && !/\b(?:de|du|des|la|le|der|die|el)\b/i.test(topic.name);
  const shown = topic.title ?? topic.name;
  const name = shown.charAt(0).toUpperCase() + shown.slice(1);
  if (topic.origin === "group" || !english) return name;
  return name
    .split(" / ")
    .map((part) => plural(part))
    .join(" / ");
};
