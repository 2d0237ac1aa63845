import { oneLine } from "../../core/text.ts";
import { termsOf } from "../terms.ts";
import { finding, type Check, type Passage } from "./passage.ts";
import { withoutQuotes } from "./sentences.ts";

/** Words of count, besides digits. */
const COUNTS =
  "zero|one|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|dozen|most|twice|single|first|once";

/** A number, or a word that makes it yes or no: all, every, never, no, without, unchanged … */
const MEASURE = new RegExp(
  `\\d|%|(?<![\\p{L}])(?:${COUNTS}|all|every|each|both|any|always|never|none|no|not|nothing|nobody|only|exactly|entirely|without|unchanged|identical|same|equal|match(?:es)?|correct(?:ly)?|accurate(?:ly)?|complete(?:ly)?|immediately|fully|pass(?:es)?|verified|tested|cannot|can't|tous|toutes?|aucune?|chacune?|chaque|jamais|sans|zéro|uniquement|todos?|todas?|ning[uú]n[oa]?|cada|nunca|sin|cero|solo|sem|nenhum[a]?|apenas|alle[nrms]?|jede[nrms]?|kein[en]{0,2}|nie|ohne|nur|null|jederzeit|elk|alle|geen|tutti|tutte|ogni|nessun[oa]?|senza)(?![\\p{L}])|全て|すべて|各|每|所有|全部|없이|모든`,
  "iu",
);

/** Between a verb and what it says: at most two adverbs. */
const ADVERB =
  "(?:(?:ever|very|really|quite|always|all|fully|truly|so|more|much|just|not|never)\\s){0,2}";
const IS =
  "(?:is|are|be|being|feels?|felt|looks?|seems?|becomes?|stays?|remains?|gets?|were|was|n't)";
/** Who can feel; "all constraints are satisfied" is no feeling. */
const PEOPLE =
  "(?:users?|customers?|clients?|people|persons?|everyone|everybody|nobody|they|we|members?|visitors?|guests?|parents?|children|kids?|students?|teachers?|staff|teams?|employees?|developers?|engineers?|operators?|admins?|administrators?|stakeholders?|managers?|owners?|readers?|players?|patients?|participants?|buyers?|sellers?)";

/** What somebody feels or thinks of it, which nobody can look up in the system: an absolute in front of it measures nothing. */
const FEELING: readonly RegExp[] = [
  new RegExp(
    `\\b${IS}\\s${ADVERB}(?:un)?(?:happy|happier|delighted|pleased|thrilled|glad|excited|impressed|comfortable|frustrated|annoyed|confused|proud|nice|great|good|better|awesome|beautiful|pleasant|enjoyable|delightful|intuitive|easy|easier|simple|user[- ]friendly|modern|amazing|fun|fast|faster|quick|smooth|seamless)(?=\\s*(?:$|[.,;!]|(?:and|or|with|about|by|for|to)\\b))`,
    "iu",
  ),
  new RegExp(`\\b${PEOPLE}\\s${IS}\\s${ADVERB}(?:un)?(?:satisfied|confident|content)\\b`, "iu"),
  new RegExp(
    `\\b${PEOPLE}\\s(?:(?:really|truly|will|just|always)\\s){0,2}(?:loves?|enjoys?|appreciates?|adores?|likes?(?=\\s(?:it|this|that|how|what|using|working|our)\\b))\\b`,
    "iu",
  ),
  /\b(?:sont|est|soient)\s(?:très\s)?(?:contente?s?|heureu(?:x|ses?)|satisfaite?s?|ravie?s?)\b/iu,
  /\b(?:sind|ist)\s(?:sehr\s)?(?:zufrieden|glücklich|begeistert)\b/iu,
  /\b(?:están?|estão|está)\s(?:muy\s|muito\s)?(?:content[oa]s?|felices|feliz|satisfech[oa]s?|satisfeit[oa]s?)\b/iu,
];

/** A figure, or how people are asked, makes a feeling measurable: `90 % of users are satisfied`, `say so in the survey`. */
const ASKED = new RegExp(
  `\\d|%|\\b(?:${COUNTS}|survey\\w*|questionnaires?|polls?|rat(?:e|es|ed|ing|ings)|scor(?:e|es|ed|ing)|interview\\w*|nps|csat|sus|feedback form|complain\\w*|says?|report(?:s|ed)?|usability (?:test|study)|enquêtes?|sondages?|umfragen?|encuestas?|than|within|until)\\b`,
  "iu",
);

/** Whether all that a text says is how somebody feels about it. */
const isFeelingOnly = (text: string): boolean =>
  !ASKED.test(text) && FEELING.some((pattern) => pattern.test(text));

/** Whether something in a criterion can be counted or answered with yes or no. In doubt it can. */
export function isMeasurable(item: Passage["item"]): boolean {
  const measured = "measurement" in item && item.measurement !== undefined;
  const text = withoutQuotes(item.text).replace(/\b[A-Z]{2,6}-\d+[a-z]?\b/g, " ");
  if (!measured && isFeelingOnly(text)) return false;
  if (measured || MEASURE.test(text) || termsOf(item.text).length < 3) return true;
  return /^\s*~~|\[[^\]]*\]\s*$/.test(item.text);
}

/** Success criteria: something in them can be counted or answered with yes or no (INCOSE R34; Spec Kit's own rule). */
export const checkCriteria: Check = ({ spec, criteria }) =>
  criteria.flatMap(({ id, item }) => {
    if (isMeasurable(item)) return [];
    return [
      finding(spec, ["SPEC_CRITERION_NOT_MEASURABLE", "warning"], item, [
        `${id} has no number, limit or checkable "all" or "none" to measure it by: "${oneLine(item.text, 70)}".`,
        "Say how much, how many, how long or how often, or what is true of every case.",
      ]),
    ];
  });
