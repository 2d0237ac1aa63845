import { deedsOf, keyOf } from "../../analysis/deeds.ts";
import type { PlacedDemand } from "../../analysis/surroundings.ts";
import { isRestated, operationOf } from "../../architecture/operations.ts";
import { INVERSES } from "../../requirements/inverse-verbs-lexicon.ts";
import { actionsOf, type Action } from "../../text/action.ts";
import { stem, wordsOf } from "../../text/terms.ts";
import { moduleOf, type Basis } from "../basis.ts";
import type { Module } from "../modules.ts";

/** Something that is called: the action of a demand with the module that offers it. */
export interface CalledAction {
  /** In camel case: `handOutTool`. */
  readonly name: string;
  readonly demand: PlacedDemand;
  readonly action: Action;
  readonly module: Module;
}

const FOR_EACH =
  /\b(?:for|of|in|to)\s(?:each|every|any|all)\s[\p{L}-]+,?\s(?=(?:the|an?|every|all|its|their)\s)/giu;

/** The demand's actions; of a sentence that says first for what it is done, without that. */
function actionsIn({ actions, outright }: PlacedDemand): readonly Action[] {
  if (actions.length !== 1 || actions[0]?.object !== "") return actions;
  const turned = outright.replace(FOR_EACH, "").replace(/,\s(?=(?:every|each|all)\s)/g, " ");
  const read = turned === outright ? [] : actionsOf(turned);
  return read.some(({ object }) => object !== "") ? read : actions;
}

const lastStem = (text: string): string => stem(wordsOf(text).at(-1) ?? "");

/**
 * Who offers what a demand only says who may do: the module of what was done before it (`take back` follows `hand out`), or
 * of what makes the state that its words name (`release damaged tools`, `record damage`); at last its own.
 */
function homeOf(action: Action, demand: PlacedDemand, basis: Basis): Module | undefined {
  const own = moduleOf(demand, basis);
  if (!demand.restricts) return own;
  const deeds = deedsOf(basis.around.demands.filter((one) => !one.restricts));
  const before = INVERSES.get(keyOf(action.verb)) ?? [];
  const state = wordsOf(action.object)
    .slice(0, -1)
    .map((word) => stem(word));
  const found =
    deeds.find(({ key, head }) => before.includes(key) && head === lastStem(action.object)) ??
    deeds.find(({ key, head }) => state.some((one) => one === key || one === head));
  return (found && moduleOf(found.demand, basis)) ?? own;
}

/** A demand that begins by refusing is a rule; the verbs behind say what is refused. */
const refuses = ({ actions }: PlacedDemand): boolean =>
  /^(?:refuse|reject|prevent|deny|block|disallow|forbid)$/.test(actions[0]?.verb ?? "");

/** All that can be called, in the order of the spec; two demands that ask for the same of one module are one. */
export function calledActionsOf(basis: Basis): readonly CalledAction[] {
  const found = basis.around.demands.flatMap((demand) =>
    (refuses(demand) ? [] : actionsIn(demand))
      .filter((action) => !isRestated(action, demand, basis.modules))
      .flatMap((action): readonly CalledAction[] => {
        const name = operationOf(action);
        const module = homeOf(action, demand, basis);
        return name === undefined || !module ? [] : [{ name, demand, action, module }];
      }),
  );
  return [
    ...new Map(found.toReversed().map((one) => [`${one.module.name}|${one.name}`, one])).values(),
  ].toReversed();
}

/** Demands that ask for the same call, the first of them included. */
export const askingFor = ({ name }: CalledAction, { around }: Basis): readonly PlacedDemand[] =>
  around.demands.filter((demand) =>
    actionsIn(demand).some((action) => operationOf(action) === name),
  );
