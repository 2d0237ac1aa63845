import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import { citeOf } from "../../analysis/evidence.ts";
import { topicName } from "../../analysis/domain.ts";
import { keyOf } from "../../analysis/deeds.ts";
import { baseOf, isParticiple } from "../../text/participles-lexicon.ts";
import { plain, stem, wordsOf } from "../../text/terms.ts";
import type { Basis } from "../basis.ts";
import { calledActionsOf, type CalledAction } from "./called-actions.ts";
import { fieldsOf, refersTo, valuesOf, type Field } from "./entity-fields.ts";
import { invariantsOf } from "./rules-of.ts";

type Structure = CoreImplementation["data_structures"][number];

/** A value of a state with what is called to reach it; `undefined` when nothing in the spec sets it. */
export interface StateValue {
  readonly entity: string;
  readonly value: string;
  readonly setBy: string | undefined;
}

const STATE = /\b(?:state|status|phase|stage)\b/i;

/** `reserved` is set by what reserves, `damaged` by what records damage. */
function setterOf(value: string, called: readonly CalledAction[]): string | undefined {
  const word = wordsOf(value).at(-1) ?? "";
  const key = isParticiple(word) ? stem(baseOf(word)) : stem(word);
  return called.find(
    ({ action }) =>
      action.kind !== "read" &&
      (keyOf(action.verb) === key || wordsOf(action.object).map(stem).includes(key)) &&
      !wordsOf(action.object).includes(word),
  )?.name;
}

/** The values of all states that the spec lists, each with what sets it. */
export function statesOf(basis: Basis): readonly StateValue[] {
  const called = calledActionsOf(basis);
  return basis.spec.entities.flatMap((entity) =>
    fieldsOf(entity)
      .filter(({ name }) => STATE.test(name))
      .flatMap(valuesOf)
      .map((value) => ({ entity: topicName(entity.name), value, setBy: setterOf(value, called) })),
  );
}

function ruleOf(field: Field, entity: string, states: readonly StateValue[]): string | null {
  const values = STATE.test(field.name) ? valuesOf(field) : [];
  if (values.length === 0) return field.rule;
  const told = values.map((value) => {
    const setBy = states.find((one) => one.entity === entity && one.value === value)?.setBy;
    return setBy === undefined ? value : `${value} (by ${setBy})`;
  });
  return `one of: ${told.join(", ")}`;
}

/** The spec's entities with their fields and rules, in their modules' order. */
export function dataStructuresOf(basis: Basis): Structure[] {
  const states = statesOf(basis);
  return basis.modules.flatMap((module) =>
    module.entities.flatMap((owned): Structure[] => {
      const entity = basis.spec.entities.find(
        ({ name }) => plain(name).replace(/\s*\([^)]*$/, "") === owned,
      );
      if (!entity) return [];
      const name = topicName(entity.name);
      const fields = fieldsOf(entity);
      const links = refersTo(entity, basis.spec.entities).filter(
        (other) => !fields.some((field) => field.name.toLowerCase() === other.toLowerCase()),
      );
      return [
        {
          name,
          module: module.name,
          fields: [
            ...fields.map((field) => ({
              name: field.name,
              rule: ruleOf(field, name, states),
            })),
            ...links.map((other) => ({ name: other.toLowerCase(), rule: `refers to ${other}` })),
          ],
          invariants: [...invariantsOf(entity, basis)],
          source: citeOf({ id: `Entity ${name}`, line: entity.line }),
        },
      ];
    }),
  );
}
