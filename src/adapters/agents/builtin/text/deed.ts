import { capitalize, plain, singular } from "./terms.ts";
import { cutAtClause, withoutMarkers } from "./clause.ts";
import { verbOf } from "./verbs-lexicon.ts";
import { phrasalOf } from "./phrasal-lexicon.ts";

const MUST = "(?:must|shall|should|will|can|may|doit|doivent)";
const SYSTEM =
  "(?:the |this |our |le |la )?(?:(?:system|application|app|platform|service|api|système|sistema|site|website|tool)s?)";
const OF_SYSTEM = new RegExp(`^${SYSTEM} ${MUST} (?:also |automatically |always )*(.+)$`, "isu");
const NEVER = new RegExp(
  `^(.{2,60}?) (?:must|shall|should|may|will) (?:not|never) (?!be\\b)(.+)$`,
  "isu",
);
const ONLY = new RegExp(
  `^only (.{2,50}?) (?:${MUST}|are|is) (?:be )?(?:able|allowed|permitted)? ?(?:to )?(.+)$`,
  "isu",
);
const ABLE = new RegExp(`^(.{2,50}?) ${MUST} (?:be able to|be allowed to|pouvoir) (.+)$`, "isu");
const DOES = new RegExp(`^((?:\\S+ ){0,3}?\\S+) ${MUST} (.+)$`, "isu");
/** `When a request is approved, the system MUST withdraw the funds`. */
const CONDITIONAL = new RegExp(
  `^((?:if|when|whenever|once|after|upon) [^,;:]{4,80}), (?:${SYSTEM}|\\S+) must (?!not\\b|never\\b|be\\b)(.+)$`,
  "isu",
);
const GRANTS = /^(?:allow|let|enable|permit)s? (?:\S+ ){1,3}?to (?=\p{L})/iu;
const PERSON =
  /^(?:(?:an?|the|any|all|each|every|new|registered|authenticated|signed-in|logged-in) )*(?:users?|members?|visitors?|guests?|admin(?:istrator)?s?|customers?|owners?|operators?|developers?|parents?|child(?:ren)?|teachers?|students?|managers?|editors?|authors?|clients?|volunteers?|organi[sz]ers?|moderators?|staff|people|participants?|attendees?|maintainers?|employees?|agents?|buyers?|sellers?|patients?|doctors?)$/i;

const opensWithVerb = (text: string): boolean => {
  const [first, second] = text.split(" ");
  return phrasalOf(first, second) !== undefined || verbOf(first ?? "") !== undefined;
};

/** Whom the sentences of a spec speak of, in lower case. */
export interface Subjects {
  /** Those it lets act, in the singular. */
  readonly people: ReadonlySet<string>;
  /** What it calls the whole it describes: the product's name. */
  readonly systems: ReadonlySet<string>;
}

const withoutArticle = (name: string): string =>
  name.toLowerCase().replace(/^(?:an?|the|any|all|each|every) /, "");

/** What is demanded, as an order: `System MUST show X` → `Show X`; sentences of another form stay as they are. */
function ordered(text: string, { people, systems }: Subjects): string {
  const [, condition, then] = CONDITIONAL.exec(text) ?? [];
  if (condition && then) {
    const head = cutAtClause(then.split(/,?\s(?:and|or|but)\s(?:must|should)\b/i)[0] ?? then, 70);
    const whole = `${head} ${condition.charAt(0).toLowerCase()}${condition.slice(1)}`;
    // one that is too long would lose its condition, which says when it holds
    return whole.length <= 100 ? whole : text;
  }
  const only = ONLY.exec(text);
  if (only) return `Let only ${only[1] ?? ""} ${only[2] ?? ""}`;
  const never = NEVER.exec(text);
  if (never) {
    const who = never[1] ?? "";
    return new RegExp(`^${SYSTEM}$`, "iu").test(who) ? `Never ${never[2] ?? ""}` : text;
  }
  const own = OF_SYSTEM.exec(text)?.[1];
  if (own !== undefined && !/^be\b/i.test(own)) return own.replace(GRANTS, "");
  const able = ABLE.exec(text)?.[2];
  if (able !== undefined) return able;
  const [, who, what] = DOES.exec(text) ?? [];
  if (!who || !what) return text;
  if (systems.has(withoutArticle(who)) && !/^(?:be|not|never)\b/i.test(what)) return what;
  const person = PERSON.test(who) || people.has(singular(withoutArticle(who)));
  return person && opensWithVerb(what) ? what : text;
}

/**
 * A requirement as the title of the work on it, without open questions and cut where a clause ends: `Members MUST sign in
 * before they reserve; a password …` → `Sign in before they reserve`.
 */
export function deedOf(statement: string, subjects: Subjects): string {
  const said = plain(statement.slice(0, 4_000));
  return capitalize(cutAtClause(ordered(withoutMarkers(said) || said, subjects)));
}
