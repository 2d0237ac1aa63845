import { deedsOf, isTelling, mentionsIn, type Deed, type Mention } from "../analysis/deeds.ts";
import { citeOf, quoteOf } from "../analysis/evidence.ts";
import type { Link } from "../analysis/links.ts";
import type { PlacedDemand, Surroundings } from "../analysis/surroundings.ts";
import { isParticiple, baseOf } from "../text/participles-lexicon.ts";
import { stem, wordsOf } from "../text/terms.ts";
import { INVERSES } from "./inverse-verbs-lexicon.ts";

const saysIt = ({ demand, words }: Deed): string => `${citeOf(demand)} ("${quoteOf(words, 60)}")`;

/** Of the deeds that fit, the one that first does it; a demand that only says who may do it comes after all others. */
const first = (deeds: readonly Deed[]): Deed | undefined =>
  deeds.find(({ demand }) => !demand.restricts) ?? deeds[0];

/** Stems of what stands before the thing acted on, as in `withdrawal request`. */
const partOf = ({ words, head }: Deed): readonly string[] =>
  wordsOf(words)
    .slice(1)
    .map(stem)
    .filter((one) => one !== head);

/** Verbs by which a thing that is named comes into being. */
const MAKING = new Set(["create", "add", "define", "configure", "set"].map(stem));

/** `FR-005` hands out a "reserved tool": it needs the demand that reserves tools. */
function statesOf(demand: PlacedDemand, deeds: readonly Deed[]): readonly Link[] {
  const words = wordsOf(demand.outright);
  const own = new Set(deeds.filter((one) => one.demand === demand).map(({ key }) => key));
  return words.flatMap((word, at) => {
    const key = stem(baseOf(word));
    if (!isParticiple(word) || own.has(key)) return [];
    const nouns = words.slice(at + 1, at + 3).map(stem);
    const kept = deeds.filter(
      (one) => one.demand !== demand && MAKING.has(one.key) && one.head === key,
    );
    const made = deeds.filter((one) => one.demand !== demand && one.key === key && one.head !== "");
    // "an approved withdrawal" is a withdrawal request that was approved, where nothing else is
    const maker =
      first(made.filter(({ head }) => nouns.includes(head))) ??
      first(made.filter((one) => partOf(one).includes(nouns[0] ?? ""))) ??
      // "scheduled deposits" are those of a "deposit schedule" that somebody creates
      first(kept.filter((one) => partOf(one).includes(nouns[0] ?? "")));
    if (!maker) return [];
    const noun = Math.max(0, nouns.indexOf(maker.head));
    const phrase = words.slice(at, at + 2 + noun).join(" ");
    return [
      {
        from: demand.id,
        to: maker.demand.id,
        reason: `${citeOf(demand)} speaks of "${phrase}", and ${saysIt(maker)} is what makes it so`,
      },
    ];
  });
}

/** "refund the deposit" follows "charge a deposit"; "take back" follows "hand out". */
function inversesOf(deeds: readonly Deed[]): readonly Link[] {
  return deeds.flatMap((later) => {
    const befores = INVERSES.get(later.key) ?? [];
    const earlier = first(
      deeds.filter(
        (one) =>
          one.demand !== later.demand &&
          befores.includes(one.key) &&
          one.head !== "" &&
          one.head === later.head,
      ),
    );
    return earlier
      ? [
          {
            from: later.demand.id,
            to: earlier.demand.id,
            reason: `${saysIt(later)} follows on what ${saysIt(earlier)} does`,
          },
        ]
      : [];
  });
}

const ORDER =
  /(?<!\b(?:hours?|days?|weeks?|minutes?|months?|seconds?) )\b(before|prior to|ahead of)\s|\b(after|once|upon|following|until|unless|as soon as|when|whenever)\s/giu;

/** The demand that does what a clause speaks of; undefined when the words fit none or do not tell which. */
function doerOf(mention: Mention, by: PlacedDemand, deeds: readonly Deed[]): Deed | undefined {
  const same = deeds.filter(({ demand, key }) => demand !== by && key === mention.key);
  const fitting = same.filter(({ head }) => head !== "" && mention.objects.includes(head));
  if (fitting.length > 0) return first(fitting);
  const things = new Set(same.map(({ head }) => head));
  const bare = mention.objects.length === 0 || mention.form === "noun";
  return bare && things.size === 1 && isTelling(mention.key) ? first(same) : undefined;
}

/** Order that the sentence itself states: "before a tool is handed out", "after registration", "before they reserve". */
function orderOf(demand: PlacedDemand, deeds: readonly Deed[]): readonly Link[] {
  return [...demand.outright.slice(0, 2_000).matchAll(ORDER)].flatMap((match): readonly Link[] => {
    const rest = demand.outright.slice(match.index + match[0].length);
    const said = rest.split(/[,;:.()–—]/)[0] ?? "";
    const clause = wordsOf(said).slice(0, 16);
    const [doer] = mentionsIn(clause).flatMap((mention) => doerOf(mention, demand, deeds) ?? []);
    if (!doer) return [];
    const quoted = quoteOf(`${match[0]}${said}`.trim(), 90);
    const earlier = match[1] !== undefined;
    return [
      {
        from: earlier ? doer.demand.id : demand.id,
        to: earlier ? demand.id : doer.demand.id,
        reason: `${citeOf(demand)} says "${quoted}", and ${saysIt(doer)} is that`,
      },
    ];
  });
}

/** Nouns that are the same word as the deed: in the plural, or behind an article. Others need an ending that makes a verb a noun. */
const SAME_WORD =
  /^(?:refund|transfer|upload|download|purchase|withdrawal|checkout|return|export|import|invite)s?$/;
const ARTICLE = /^(?:an?|the|each|every|any|no|of|this|that)$/;
const MADE_NOUN = /(?:[^s]ation|[^s]ition|ption|ction|ement|[^n]tment|oval|ewal|withdrawal)s?$/;

/** "refuse reservations" rules over "reserve a tool"; "keep hand-outs" needs "hand out a tool". */
function nounsOf(demand: PlacedDemand, deeds: readonly Deed[]): readonly Link[] {
  const own = new Set(deeds.filter((one) => one.demand === demand).map(({ key }) => key));
  const text = demand.outright.toLowerCase();
  const nouns = [
    ...wordsOf(text)
      .filter((word, at, all) =>
        SAME_WORD.test(word)
          ? word.endsWith("s") || ARTICLE.test(all[at - 1] ?? "")
          : MADE_NOUN.test(word) && !/^(?:instruction|action)s?$/.test(word),
      )
      .map((word) => ({ word, key: stem(word.replace(/s$/, "")) })),
    ...[...text.matchAll(/\b(\p{L}{3,})-(out|in|back|up|off)s?\b/gu)].map(
      ([word, verb = "", particle = ""]) => ({
        word,
        key: `${stem(verb)} ${particle}`,
      }),
    ),
  ];
  return nouns.flatMap(({ word, key }) => {
    if (own.has(key) || !isTelling(key)) return [];
    const same = deeds.filter((one) => one.demand !== demand && one.key === key);
    const fitting = same.filter(({ head }) => head !== "" && demand.said.includes(head));
    const doer = new Set(same.map(({ head }) => head)).size === 1 ? first(same) : first(fitting);
    return doer
      ? [
          {
            from: demand.id,
            to: doer.demand.id,
            reason: `${citeOf(demand)} speaks of "${word}", which comes from ${saysIt(doer)}`,
          },
        ]
      : [];
  });
}

/** What the sentences themselves state about which demand needs which, each link with the words and their places. */
export function statedLinks({ demands }: Surroundings): readonly Link[] {
  const deeds = deedsOf(demands);
  const each = (find: (demand: PlacedDemand, deeds: readonly Deed[]) => readonly Link[]) =>
    demands.flatMap((demand) => find(demand, deeds));
  return [...each(orderOf), ...each(statesOf), ...inversesOf(deeds), ...each(nounsOf)].filter(
    ({ from, to }) => from !== to,
  );
}
