import { oneLine } from "../../core/text.ts";
import { termsOf } from "../terms.ts";
import { finding, type Check, type Passage } from "./passage.ts";
import { withoutQuotes } from "./sentences.ts";

/** A number, or a word that makes it yes or no: all, every, never, no, without, unchanged … */
const MEASURE =
  /\d|%|(?<![\p{L}])(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|half|twice|single|first|once|all|every|each|both|any|always|never|none|no|not|nothing|nobody|only|exactly|entirely|without|unchanged|identical|same|equal|match(?:es)?|correct(?:ly)?|accurate(?:ly)?|complete(?:ly)?|immediately|fully|pass(?:es)?|verified|tested|cannot|can't|tous|toutes?|aucune?|chacune?|chaque|jamais|sans|zéro|uniquement|todos?|todas?|ning[uú]n[oa]?|cada|nunca|sin|cero|solo|sem|nenhum[a]?|apenas|alle[nrms]?|jede[nrms]?|kein[en]{0,2}|nie|ohne|nur|null|jederzeit|elk|alle|geen|tutti|tutte|ogni|nessun[oa]?|senza)(?![\p{L}])|全て|すべて|各|每|所有|全部|없이|모든/iu;

/** Whether something in a criterion can be counted or answered with yes or no. In doubt it can. */
export function isMeasurable(item: Passage["item"]): boolean {
  const measured = "measurement" in item && item.measurement !== undefined;
  const text = withoutQuotes(item.text).replace(/\b[A-Z]{2,6}-\d+[a-z]?\b/g, " ");
  if (measured || MEASURE.test(text) || termsOf(item.text).length < 3) return true;
  return /^\s*~~|\[[^\]]*\]\s*$/.test(item.text);
}

/** Success criteria: something in them can be counted or answered with yes or no (INCOSE R34; Spec Kit's own rule). */
export const checkCriteria: Check = ({ spec, criteria }) =>
  criteria.flatMap(({ id, item }) => {
    if (isMeasurable(item)) return [];
    return [
      finding(spec, ["SPEC_CRITERION_NOT_MEASURABLE", "warning"], item, [
        `${id} has no number, limit or "all" or "none" to measure it by: "${oneLine(item.text, 70)}".`,
        "Say how much, how many, how long or how often, or what is true of every case.",
      ]),
    ];
  });
