import { objectAt, tokensOf } from "./noun-phrase.ts";
import { DETERMINERS } from "./stopwords-lexicon.ts";
import { phrasalOf, PRONOUN } from "./phrasal-lexicon.ts";
import { plain } from "./terms.ts";
import { NOUN_LIKE_VERBS, verbOf, type VerbKind } from "./verbs-lexicon.ts";

/** Something a sentence says is done: `redeem` → `invite code`, by `user`. */
export interface Action {
  /** Who does it, where the sentence names somebody; undefined for the system itself. */
  readonly actor: string | undefined;
  readonly verb: string;
  readonly kind: VerbKind;
  /** Noun phrase without determiners, in the text's own words; empty when none was found. */
  readonly object: string;
  /** Verb and object as the text has them: `hand out a reserved tool`. */
  readonly phrase: string;
  /** The sentence forbids it. */
  readonly negated: boolean;
}

const MODAL =
  /\b(MUST NOT|MUST|SHALL NOT|SHALL|SHOULD NOT|SHOULD|MAY NOT|MAY|WILL NOT|WILL|CANNOT|CAN|DOIVENT|DOIT|PEUVENT|PEUT|MUSS|MÜSSEN|SOLL|SOLLEN|DEBEN|DEBE)\b/i;
const GRANT =
  /^(?:(?:allow|let|enable|permit)s?|permettre(?: à| au| aux)?)\s+(?:(?:an?|the|any|all|un|une|le|la|les)\s+)?(.{2,40}?)\s+(?:to|de|d['’])\s*(?=\p{L})/iu;
const WISH =
  /^(?:as|en tant qu(?:e |['’])|als)\s*(?:an?|the|une?|eine?)?\s*([^,*]{2,60}),\s*(?:i|je|ich)\s+(?:want|need|would like|veux|souhaite|möchte)(?:\s+to(?:\s+be able to)?)?\s+/iu;
const FILLER =
  /^(?:be able to|be allowed to|also|automatically|only|always|correctly|immediately|then|at least|be|pouvoir|not|ne pas|gracefully|(?!rely|apply|supply|reply|imply|comply)\p{L}{3,}ly)\s+/iu;
const PERSONAL = /^(?:be able to|be allowed to|see|pouvoir)\b/i;
const SYSTEM =
  /^(?:the |le |la |das )?(?:system|application|app|platform|service|api|système|sistema|it|they)$/i;

const opensVerb = (tokens: readonly string[], at: number): boolean => {
  const before = (tokens[at - 1] ?? "").toLowerCase();
  if (!["and", "or", ",", "that", "then", "to", "et", "ou", "und", "y"].includes(before))
    return false;
  const word = tokens[at] ?? "";
  if (splitVerb(tokens, at)) return true;
  const verb = verbOf(word);
  if (!verb || verb.kind === "offer") return false;
  const next = (tokens[at + 1] ?? "").toLowerCase();
  return (
    !NOUN_LIKE_VERBS.has(verb.verb) || DETERMINERS.has(next) || (before === "to" && next !== "")
  );
};

/** After "must" any word does as a verb; one not in the lexicon is taken for the system doing something. */
const openingVerb = (word: string): ReturnType<typeof verbOf> =>
  verbOf(word) ??
  (/^\p{Ll}{3,}$/u.test(word) && !/^(?:be|être|sein|ser|include)$/.test(word)
    ? { verb: word, kind: "run" }
    : undefined);

interface FoundVerb {
  readonly phrase?: string;
  readonly verb: string;
  readonly kind: VerbKind;
  readonly object: string;
  readonly at: number;
}

/** "hand out tools", "take them back", "take the tool back"; undefined when no such verb stands here. */
function splitVerb(
  tokens: readonly string[],
  at: number,
): (FoundVerb & { readonly end: number }) | undefined {
  const next = tokens[at + 1];
  const joined = phrasalOf(tokens[at], next);
  if (joined) return { ...joined, at, ...objectAt(tokens, at + 2) };
  if (next === undefined || !(PRONOUN.test(next) || DETERMINERS.has(next.toLowerCase())))
    return undefined;
  const { object, end } = PRONOUN.test(next)
    ? { object: next, end: at + 2 }
    : objectAt(tokens, at + 1);
  const split = phrasalOf(tokens[at], tokens[end]);
  return split && { ...split, object, at, end: end + 1 };
}

function verbAt(
  tokens: readonly string[],
  at: number,
): (FoundVerb & { readonly end: number }) | undefined {
  if (at > 0 && !opensVerb(tokens, at)) return undefined;
  const split = splitVerb(tokens, at);
  if (split) return split;
  const verb = at === 0 ? openingVerb(tokens[0] ?? "") : verbOf(tokens[at] ?? "");
  return verb && { ...verb, at, ...objectAt(tokens, at + 1) };
}

/** "them" and "damaged ones" as the thing that the verb before acts on. */
function named(object: string, before: string): string {
  const words = object.split(" ");
  if (before === "" || !PRONOUN.test(words.at(-1) ?? "")) return object;
  const thing = words.length === 1 ? before : (before.split(" ").at(-1) ?? before);
  return [...words.slice(0, -1), thing].join(" ");
}

/** "send each parent a statement" acts on the statement: to whom, between the verb and a second article. */
const TO_WHOM =
  /\b((?:send|give|show|offer|hand|e-?mail)s?)\s(?:each|every|all|any|the|an?)\s\p{L}+\s(?:\p{L}+\s)?(?=(?:an?|their|its|his|her)\s)/giu;

function readPredicate(predicate: string, actor: string | undefined, negated: boolean): Action[] {
  const tokens = tokensOf(predicate.replace(/\([^)]{0,300}\)/g, " ").replace(TO_WHOM, "$1 ")).slice(
    0,
    60,
  );
  const found: FoundVerb[] = [];
  let at = 0;
  while (at < tokens.length) {
    const verb = verbAt(tokens, at);
    if (verb) {
      const object = named(verb.object, found.at(-1)?.object ?? "");
      const asWritten = tokens.slice(at, verb.end).join(" ");
      found.push({
        ...verb,
        object,
        phrase: object === verb.object && object !== "" ? asWritten : "",
      });
      at = Math.max(at + 1, verb.end);
    } else at++;
  }
  return found
    .map((one, index) => ({
      actor,
      verb: one.verb,
      kind: one.kind,
      object: one.object || sharedObject(found, index),
      negated: negated && index === 0,
    }))
    .map((one) => (PRONOUN.test(one.object) ? { ...one, object: "" } : one))
    .map((one, index) => ({
      ...one,
      phrase: found[index]?.phrase || [one.verb, one.object].filter(Boolean).join(" "),
    }))
    .filter((one, index) => index === 0 || one.object !== "" || one.kind === "access");
}

/** "pause and resume schedules": verbs side by side share the last one's object. */
function sharedObject(found: readonly { object: string; at: number }[], index: number): string {
  const here = found[index];
  const next = found[index + 1];
  if (!here || !next || next.at - here.at > 2) return "";
  return next.object || sharedObject(found, index + 1);
}

const strip = (text: string): string => {
  let out = text;
  for (let previous = ""; previous !== out;) {
    previous = out;
    out = out.replace(FILLER, "");
  }
  return out;
};

/** What a requirement, a story sentence or a heading says is done. Sentences it can't read give an empty list. */
export function actionsOf(sentence: string): readonly Action[] {
  const text = plain(sentence).slice(0, 1_000);
  const wish = WISH.exec(text);
  if (wish) return readPredicate(strip(text.slice(wish[0].length)), wish[1]?.trim(), false);

  const modal = MODAL.exec(text);
  if (!modal) return imperative(text);
  let predicate = text.slice(modal.index + modal[0].length).trim();
  const negated = /not$/i.test(modal[0]) || /^(?:not|ne pas)\b/i.test(predicate);
  const subject = text
    .slice(0, modal.index)
    .trim()
    .replace(/^(?:only\s+)?(?:an?|the|any|all|each|every|les?|la|une?)\s+/i, "");
  const personal = PERSONAL.test(predicate);
  const passive = /^be\s+(?:\p{L}+ly\s+)?(\p{L}+ed)\b/iu.exec(predicate);
  const done = passive && participleOf(passive[1] ?? "");
  if (done && subject.split(" ").length <= 8)
    return [passiveOf(done, objectAt(tokensOf(subject), 0).object, negated)];
  // "must be idempotent" says what something is, not what it does
  if (/^(?:not )?be\s+(?!able to|allowed to)/i.test(predicate)) return [];
  predicate = strip(predicate);
  const grant = GRANT.exec(predicate);
  if (grant)
    return readPredicate(
      strip(predicate.slice(grant[0].length)),
      actorName(grant[1] ?? ""),
      negated,
    );
  return readPredicate(predicate, personal ? actorName(subject) : undefined, negated);
}

const passiveOf = (
  verb: { readonly verb: string; readonly kind: VerbKind },
  object: string,
  negated: boolean,
): Action => ({
  ...verb,
  actor: undefined,
  object,
  phrase: `${verb.verb} ${object}`.trim(),
  negated,
});

/** `Create a family`, `Parent Sets Up Weekly Allowance`: the first verb within the first four words. */
function imperative(text: string): readonly Action[] {
  const words = text.split(" ").slice(0, 4);
  const at = words.findIndex((word) => {
    const verb = verbOf(word);
    return verb !== undefined && verb.kind !== "offer";
  });
  if (at < 0 || (at > 0 && !/^\p{L}+s$/u.test(words[at] ?? ""))) return [];
  return readPredicate(
    words.slice(at).concat(text.split(" ").slice(4)).join(" "),
    actorName(words.slice(0, at).join(" ")),
    false,
  );
}

const participleOf = (word: string): ReturnType<typeof verbOf> =>
  verbOf(word.replace(/ed$/i, "")) ??
  verbOf(word.replace(/d$/i, "")) ??
  verbOf(word.replace(/ied$/i, "y"));

function actorName(text: string): string | undefined {
  const name = text
    .replace(
      /^(?:(?:only|an?|the|any|all|each|every|les?|la|une?|authenticated|authorized|registered|logged-in|signed-in|connected)\s+)+/i,
      "",
    )
    .trim();
  return name === "" || SYSTEM.test(name) || name.split(" ").length > 3 ? undefined : name;
}
