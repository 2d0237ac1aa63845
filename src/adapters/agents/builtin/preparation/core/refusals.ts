import { keyOf } from "../../analysis/deeds.ts";
import type { NamedScenario, PlacedDemand } from "../../analysis/surroundings.ts";
import { scenariosFor } from "../../requirements/acceptance.ts";
import { cutAtClause } from "../../text/clause.ts";
import { lowered } from "../../synthesis/markdown.ts";
import { singular, stem, wordsOf } from "../../text/terms.ts";
import { titleOf, type Basis } from "../basis.ts";
import { limitsOf } from "../limits.ts";
import type { CalledAction } from "./called-actions.ts";

const REFUSED =
  /\b(?:refus(?:e|es|ed)|reject(?:s|ed)?|den(?:y|ies|ied)|prevent(?:s|ed)?|block(?:s|ed)?|disallow\w*|not allowed|not permitted|error|fails?|invalid|forbidden|warning|already taken|just taken|too large|not found)\b/iu;

/** Whether a sentence tells of something that is not let through. */
export const isRefusal = (text: string): boolean => REFUSED.test(text);

const RULES =
  /\b(?:refuse|reject|deny|prevent|block|disallow|at most one|only one|unique|must not|may not|cannot|never)\b/iu;
const BEFORE = /says "(?:before|prior to|ahead of)\s/i;
const SIGN_IN = /\b(?:sign|log)[- ]?in\b|\bauthenticat/iu;

/** Rules that link to what is called and forbid it in some case. */
function rulesOn(
  asked: readonly PlacedDemand[],
  { around, links }: Basis,
): readonly PlacedDemand[] {
  const ids = new Set(asked.map(({ id }) => id));
  return around.demands.filter(
    (demand) =>
      !ids.has(demand.id) &&
      !demand.restricts &&
      RULES.test(demand.outright) &&
      links.some(({ from, to }) => from === demand.id && ids.has(to)),
  );
}

const named = (ids: readonly string[]): string => (ids.length > 0 ? ` (${ids.join(", ")})` : "");

/** `the reservation is refused` shows a refusal; of "the stock is right and an error is shown" the second part. */
const refusedPart = ({ then }: NamedScenario): string =>
  cutAtClause(then.split(/,?\s+and\s+/).find(isRefusal) ?? then, 120);

/** In which cases a call is refused, each with the place that says so. */
export function errorsOf(
  { action, demand }: CalledAction,
  asking: readonly PlacedDemand[],
  basis: Basis,
): readonly string[] {
  const { around, links } = basis;
  const asked = asking.length > 0 ? asking : [demand];
  const rules = rulesOn(asked, basis);
  const shows = (one: PlacedDemand): readonly string[] =>
    scenariosFor(one, around)
      .filter(({ text }) => isRefusal(text) || /\bat the same (?:moment|time)\b/i.test(text))
      .map(({ source }) => source);
  const told = new Set(rules.flatMap(shows));
  const verb = stem(wordsOf(keyOf(action.verb))[0] ?? "");
  const scenarios = scenariosFor(demand, around).filter(
    ({ then, source, when }) =>
      isRefusal(then) && !told.has(source) && wordsOf(when).map(stem).includes(verb),
  );
  const restricted = around.demands.filter(
    ({ restricts, actions }) =>
      restricts &&
      actions.some((one) => one.verb === action.verb && sameHead(one.object, action.object)),
  );
  const entry = links
    .filter(({ from }) => asked.some(({ id }) => id === from))
    .flatMap(({ to }) => around.demands.filter(({ id, text }) => id === to && SIGN_IN.test(text)));
  const before = links
    .filter(({ from, reason }) => BEFORE.test(reason) && asked.some(({ id }) => id === from))
    .flatMap(({ to }) => around.demands.filter((one) => one.id === to && !entry.includes(one)));
  return [
    ...rules.map((one) => `${one.id}${named(shows(one))}: ${lowered(titleOf(one, basis))}`),
    ...scenarios.map((one) => `${refusedPart(one)} (${one.source})`),
    ...asked.flatMap(({ text, id, restricts }) =>
      restricts
        ? []
        : limitsOf({ text })
            .filter(({ exclusive }) => !exclusive)
            .map(({ phrase }) => `outside the limit “${phrase}” (${id})`),
    ),
    ...restricted.map(
      ({ actions, id }) =>
        `the caller is no ${singular(actions[0]?.actor ?? "person allowed to").toLowerCase()} (${id})`,
    ),
    ...before.map((one) => `not done before: ${lowered(titleOf(one, basis))} (${one.id})`),
    ...entry.map(({ id }) => `the caller has not signed in (${id})`),
  ];
}

const sameHead = (one: string, other: string): boolean =>
  stem(wordsOf(one).at(-1) ?? "") === stem(wordsOf(other).at(-1) ?? "");
