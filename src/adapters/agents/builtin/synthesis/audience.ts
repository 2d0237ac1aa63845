import type { Spec } from "../../../../spec/model.ts";

const AS_A =
  /^\W*(?:as|en tant qu['’]?|als|como)\s+(?:an?|the|une?|eine?)?\s*([\p{L} -]{3,40}?)\s*,/iu;
const WHO =
  /(?:^|[.;]\s+)(?:An?|The|Any|Each|Some)\s+([\p{L}-]+(?:\s[\p{L}-]+){0,3}?)\s+(?:who|wants?|needs?|invites?|invokes?|creates?|initiates?|logs?|can|must|opens?|uses?|views?|runs?|visits?|submits?|selects?|prefers?)\b/gu;
/** `Children want to know`. */
const MANY =
  /(?:^|[.;]\s+)(?:Some\s+)?((?:\p{L}+\s)?(?:\p{L}{3,}s|children|people))\s+(?:want|need|prefer|can|must)\b/giu;
/** `Members MUST be able to …`, in a requirement. */
const ABLE =
  /^(?:(?:an?|the|all|any|each|only)\s+)?((?:\p{L}+\s)?\p{L}{3,})\s+(?:MUST|SHALL|SHOULD)\s+be\s+able\s+to\b/iu;
/** Parts of the software, not people. */
const NOT_PEOPLE =
  /\b(?:system|app|application|command|pipeline|feature|service|page|script|server|api|tool|database|token|session|schedule|family|list|report|message|file|link|email|product)s?$/i;

/** For whom the feature is, in the spec's words: who the stories say wants something, and who the requirements let do it. Most often named first. */
export function audienceOf(spec: Spec): readonly string[] {
  const named = new Map<string, number>();
  for (const { narrative } of spec.stories) {
    const found = [
      AS_A.exec(narrative)?.[1],
      ...[...narrative.matchAll(WHO), ...narrative.matchAll(MANY)].map(([, who]) => who),
    ];
    for (const who of new Set(found.flatMap((name) => (name ? [name.toLowerCase().trim()] : []))))
      if (!NOT_PEOPLE.test(who) && !/\b(?:to|of|for|with|or|and)\s/.test(who))
        named.set(who, (named.get(who) ?? 0) + 1);
  }
  for (const { text } of spec.requirements) {
    const who = ABLE.exec(text)?.[1]?.toLowerCase();
    if (who && !NOT_PEOPLE.test(who)) {
      const same = [who, who.replace(/s$/, "")].find((one) => named.has(one)) ?? who;
      named.set(same, (named.get(same) ?? 0) + 1);
    }
  }
  return [...named.entries()]
    .toSorted(([, a], [, b]) => b - a)
    .map(([who]) => who)
    .filter((who, _, all) => !all.some((other) => other !== who && other.endsWith(` ${who}`)));
}
