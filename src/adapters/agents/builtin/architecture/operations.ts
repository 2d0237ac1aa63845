import type { ArchitectureDesign } from "../../../../stage/contracts/planning.ts";
import { deedsOf, keyOf } from "../analysis/deeds.ts";
import type { Tool } from "../analysis/tooling.ts";
import type { PlacedDemand } from "../analysis/surroundings.ts";
import type { Action } from "../text/action.ts";
import { camelCase, capitalize, singular, stem, wordsOf } from "../text/terms.ts";
import type { ComponentNeed } from "./component-needs.ts";
import type { Component } from "./components.ts";

const ACTION_NOUN =
  /\b(?:logout|log ?in|sign-?in|sign-?up|flow|search|export|import|filter(?:ing)?|sorting|navigation|reset|rollback)$/i;

/** Verbs that say how something stays, and not what is called. */
const LASTING = /^(?:use|keep|retain|preserve|maintain|persist|remain|have|treat|respect)$/;

/** What somebody sees without asking for it is no operation of theirs. */
const SEES = /^(?:see|notice|voir)$/;
const SIGN =
  /\b(?:indicators?|badges?|icons?|banners?|messages?|warnings?|notices?|labels?|errors?|indicateur|avertissement)$/i;

/** `redeem` + `invite codes` → `redeemInviteCode`; undefined when the action is a rule and no operation. */
export function operationOf({ verb, kind, object, negated }: Action): string | undefined {
  if (negated || kind === "check" || LASTING.test(verb)) return undefined;
  if (SEES.test(verb) && SIGN.test(object)) return undefined;
  if (kind === "offer")
    return ACTION_NOUN.test(object) ? camelCase(object) || undefined : undefined;
  if (object === "" && kind !== "access") return undefined;
  const many = kind === "read" && object.endsWith("s");
  return camelCase(`${verb} ${many ? object : singular(object)}`) || undefined;
}

/** Who alone may do something is a rule about an operation that another demand asks for. */
export const isRestated = (
  { verb, object }: Action,
  demand: PlacedDemand,
  components: readonly Component[],
): boolean =>
  demand.restricts &&
  deedsOf(components.flatMap(({ demands }) => demands)).some(
    (one) =>
      !one.demand.restricts &&
      one.key === keyOf(verb) &&
      one.head === stem(wordsOf(object).at(-1) ?? ""),
  );

const operationsOf = (
  demands: readonly PlacedDemand[],
  all: readonly Component[],
): readonly { name: string; demand: PlacedDemand; action: Action }[] =>
  demands.flatMap((demand) =>
    demand.actions
      .filter((action) => !isRestated(action, demand, all))
      .flatMap((action) => {
        const name = operationOf(action);
        return name === undefined ? [] : [{ name, demand, action }];
      }),
  );

export const actorName = (actor: string): string => capitalize(singular(actor));

/** People who call a component, in the words of its demands. */
const actorsOf = ({ demands }: Component): readonly string[] => [
  ...new Set(
    demands.flatMap(({ actions }) =>
      actions.flatMap(({ actor }) => (actor ? [actorName(actor)] : [])),
    ),
  ),
];

/** One interface per component that has operations: what can be asked of it, by whom, for which demands. */
export function interfacesOf(
  components: readonly Component[],
  needs: readonly ComponentNeed[],
  owned: ReadonlyMap<string, readonly Tool[]>,
): ArchitectureDesign["interfaces"] {
  return components.flatMap((component) => {
    const found = operationsOf(component.demands, components);
    const tools = (owned.get(component.name) ?? []).filter(
      ({ kind }) => kind === "command" || kind === "script",
    );
    const typed = tools.map(({ name, flags }) =>
      [name, ...flags.map((flag) => `[${flag}]`)].join(" "),
    );
    const operations = [...new Set([...typed, ...found.map(({ name }) => name)])];
    if (operations.length === 0) return [];
    const callers = needs.filter(({ to }) => to === component.name).map(({ from }) => from);
    const carried = new Set([
      ...found.map(({ demand }) => demand.id),
      ...tools.flatMap(({ demands }) => demands),
    ]);
    return [
      {
        name: `${component.name} ${typed.length > 0 ? "commands" : "operations"}`,
        provider: component.name,
        consumers: [...new Set([...actorsOf(component), ...callers])],
        operations,
        requirements: [...carried],
      },
    ];
  });
}

const WRITES = new Set(["create", "update", "delete", "access", "record"]);

/** What moves between people and components, and between components, with the demand that moves it. */
export function dataFlowOf(
  components: readonly Component[],
  needs: readonly ComponentNeed[],
): ArchitectureDesign["data_flow"] {
  const people = components.flatMap((component) =>
    operationsOf(component.demands, components)
      .filter(({ action }) => action.actor !== undefined && action.object !== "")
      .map(({ action, demand }) => {
        const actor = actorName(action.actor ?? "");
        const inward = WRITES.has(action.kind) || action.kind === "run";
        return {
          from: inward ? actor : component.name,
          to: inward ? component.name : actor,
          data: action.phrase,
          trigger: demand.id,
        };
      }),
  );
  const between = needs.map(({ from, to, data, reason }) => ({
    from: to,
    to: from,
    data,
    trigger: reason,
  }));
  const seen = new Set<string>();
  return [...people, ...between].filter(({ from, to, data }) => {
    const key = `${from}|${to}|${data.toLowerCase()}`;
    return seen.has(key) ? false : Boolean(seen.add(key));
  });
}
