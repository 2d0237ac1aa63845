import { citeOf } from "../../analysis/evidence.ts";
import type { PlacedDemand } from "../../analysis/surroundings.ts";
import { isRule } from "../core/rules-of.ts";
import { designIntegrations } from "../integrations/design-integrations.ts";
import { outsideOf } from "../integrations/outside-systems.ts";
import { measureIn } from "../../requirements/measure.ts";
import { lowered } from "../../synthesis/markdown.ts";
import { cutAtClause } from "../../text/clause.ts";
import { capitalize, plain, plural, singular } from "../../text/terms.ts";
import { titleOf, type Basis } from "../basis.ts";
import { limitsOf, type Limit } from "../limits.ts";
import type { DraftCase } from "./draft-case.ts";

/** The next figure beyond a bound, in its own precision. */
const beside = (value: number, by: 1 | -1): string =>
  Number.isInteger(value) ? String(value + by) : `just ${by > 0 ? "above" : "below"} ${value}`;

function ends({ low, high, exclusive, unit }: Limit): {
  readonly in: string;
  readonly out: string;
} {
  if (exclusive && low !== undefined)
    return { in: `${beside(low, 1)} ${unit}`, out: `exactly ${low} ${unit}` };
  const inside = [low, high].filter((one) => one !== undefined).map(String);
  const outside = [
    ...(low === undefined || low <= 0 ? [] : [beside(low, -1)]),
    ...(high === undefined ? [] : [beside(high, 1)]),
  ];
  return { in: `${inside.join(" and ")} ${unit}`, out: `${outside.join(" and ")} ${unit}` };
}

/** A case per bound that a demand states: its ends hold, one beyond does not. */
export const limitCases = (basis: Basis): readonly DraftCase[] =>
  basis.around.demands.flatMap((demand) =>
    limitsOf(demand).map((limit) => {
      const at = ends(limit);
      return {
        level: "rules" as const,
        title: `The ends of “${limit.phrase}”`,
        given: null,
        when: limit.exclusive
          ? `it is ${at.in}, then ${at.out}`
          : `somebody tries ${at.in}, then ${at.out}`,
        then: limit.exclusive
          ? `the rule holds for ${at.in} and not for ${at.out}`
          : `${at.in}: accepted; ${at.out}: refused with the limit named`,
        requirements: [demand.id],
        source: citeOf(demand),
        systems: [],
      };
    }),
  );

/** A case per demand that says who alone may do something. */
export const rightCases = (basis: Basis): readonly DraftCase[] =>
  basis.around.demands
    .filter(({ restricts, actions }) => restricts && actions.some(({ actor }) => actor))
    .map((demand) => {
      const who = demand.actions.find(({ actor }) => actor)?.actor ?? "those named";
      const deeds = demand.actions.map(({ phrase }) => phrase).join(", ");
      return {
        level: "rules" as const,
        title: `Refused to anybody but ${plural(singular(who))}`,
        given: `somebody signed in who belongs to none of: ${who}`,
        when: `they try to ${deeds}`,
        then: "each is refused, nothing is changed, and the attempt leaves no trace in what others see",
        requirements: [demand.id],
        source: citeOf(demand),
        systems: [],
      };
    });

/** A case per way in which an outside system can fail, with the response that was designed for it. */
export const failureCases = (basis: Basis): readonly DraftCase[] => {
  const { integrations } = designIntegrations(basis).integration_design;
  const formats = new Set(
    outsideOf(basis).flatMap(({ name, kind }) => (kind.format ? [name] : [])),
  );
  return integrations.flatMap(({ name, errors, requirements }) =>
    errors.map(({ failure, response }) => ({
      level: "contract" as const,
      title: `${name}: ${lowered(failure)}`,
      given: formats.has(name)
        ? failure
        : `the stand-in for ${name} is set so that ${lowered(failure)}`,
      when: formats.has(name)
        ? "it is written and read again"
        : "an operation that needs it is called",
      then: response.replace(/^Not in the specification\. Proposed: /, ""),
      requirements: [...requirements],
      source: response.startsWith("Not in the specification")
        ? `proposed for ${name}`
        : (/\(([^()]*, line \d+)\)$/.exec(response)?.[1] ?? name),
      systems: formats.has(name) ? [] : [name],
    })),
  );
};

/** A case per demand that nothing else tests: what it says, done and looked at. */
export function statedCases(basis: Basis, tested: ReadonlySet<string>): readonly DraftCase[] {
  const systems = outsideOf(basis);
  return basis.around.demands
    .filter((demand) => !tested.has(demand.id) && isObservable(demand, basis))
    .map((demand) => ({
      level: "acceptance" as const,
      title: cutAtClause(titleOf(demand, basis), 90) || demand.id,
      given: null,
      when: demand.actions[0]?.phrase ? `${demand.actions[0].phrase} is done` : null,
      then: cutAtClause(demand.outright, 200) || demand.text,
      requirements: [demand.id],
      source: citeOf(demand),
      systems: systems
        .filter(
          ({ requirements, kind }) => kind.format === undefined && requirements.includes(demand.id),
        )
        .map(({ name }) => name),
    }));
}

/** An action somebody can watch, or a rule or figure that holds or not. */
const isObservable = (demand: PlacedDemand, { spec }: Basis): boolean =>
  !spec.clarifications.some(({ within }) => within === demand.id) &&
  (demand.actions.some(({ kind }) => kind !== "offer") ||
    isRule(demand) ||
    measureIn(demand.text) !== null);

/** What the spec requires by id and no case tests, each with the reason. */
export function notTestable(
  { spec }: Basis,
  tested: ReadonlySet<string>,
): readonly { readonly requirement: string; readonly reason: string }[] {
  return [...spec.requirements, ...spec.criteria]
    .filter(({ id }) => !tested.has(id))
    .map(({ id }) => {
      const open = spec.clarifications.find(({ within }) => within === id);
      return {
        requirement: id,
        reason: open
          ? `its question is open: ${capitalize(plain(open.question)) || "see the specification"}`
          : "no scenario, figure or action in its words says what one would see",
      };
    });
}
