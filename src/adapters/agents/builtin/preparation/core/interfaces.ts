import type { CoreImplementation } from "../../../../../stage/contracts/preparation.ts";
import { keyOf } from "../../analysis/deeds.ts";
import { naming } from "../../analysis/domain.ts";
import { isTooling, toolsOf } from "../../analysis/tooling.ts";
import { actorName } from "../../architecture/operations.ts";
import { toolOwners } from "../../architecture/tool-owners.ts";
import { scenariosFor } from "../../requirements/acceptance.ts";
import { cutAtClause } from "../../text/clause.ts";
import type { Action } from "../../text/action.ts";
import { singular, stem, wordsOf } from "../../text/terms.ts";
import { entityTopic } from "../../architecture/entity-owners.ts";
import { titleOf, type Basis } from "../basis.ts";
import { askingFor, calledActionsOf, type CalledAction } from "./called-actions.ts";
import { fieldsOf, refersTo } from "./entity-fields.ts";
import { entityOf, firstEntityIn } from "./rules-of.ts";
import { errorsOf, isRefusal } from "./refusals.ts";

type Interface = CoreImplementation["interfaces"][number];
type Operation = Interface["operations"][number];

/** `by scanning the card and the label`, `with e-mail and password`. */
const MEANS =
  /\b(?:by (?:scanning|entering|typing|choosing|selecting|uploading|giving|providing|presenting|specifying)|using|with)\s([^.;()]{3,90}?)(?=\s(?:before|when|after|so|that|which|who|where|if|until|unless|and (?:the|a) \p{L}+ who)\b|[.,;]|$)/iu;
/** `of a month`, `for a given week`. */
const PERIOD =
  /\b(?:of|for|in|per)\s(?:an?|the|each|one|any|a given)\s(day|week|month|quarter|year|date range|period)\b/iu;

const listed = (text: string): readonly string[] =>
  text
    .split(/,\s|\s(?:and|or)\s/)
    .map((part) => part.replace(/^(?:and|or|an?|the|their|its|optional)\s+/i, "").trim())
    .filter((part) => part !== "" && part.split(" ").length <= 10);

/** Fields that the system itself fills in. */
const OWN_FIELD =
  /\b(?:state|status|id|identifier|created|updated|modified|timestamps?|time|reference)\b/i;

/** Verbs by which a record comes into being, besides those that say create. */
const MAKING = /^(?:charge|record|log|report|submit|upload|book|reserve)$/;
const makes = ({ kind, verb }: Action): boolean =>
  (kind === "create" && verb !== "open") || MAKING.test(verb);

/** Who calls: those that the sentences let act, or their subject where that is a person. */
function callersOf(called: CalledAction, basis: Basis): string[] {
  const { demand, action } = called;
  const actors = askingFor(called, basis).flatMap(({ actions }) =>
    actions.flatMap(({ actor }) => actor ?? []),
  );
  const subject = /^(?:the |an? |all |any |each |every )?(\p{L}+) (?:MUST|SHALL|SHOULD)\b/iu.exec(
    demand.outright,
  )?.[1];
  const person = subject !== undefined && basis.people.has(singular(subject.toLowerCase()));
  return [
    ...new Set(
      [...actors, ...(person && action.kind === "access" ? [subject] : [])].map(actorName),
    ),
  ];
}

/** What the caller has to give: means and periods that the sentence names, the thing acted on, the fields of what is made. */
function inputsOf(called: CalledAction, basis: Basis): string[] {
  const { action, demand } = called;
  const means = listed(MEANS.exec(demand.outright)?.[1] ?? "");
  const period = PERIOD.exec(demand.outright)?.[1];
  const made = basis.spec.entities.find(
    ({ name }) => stem(wordsOf(name).at(-1) ?? "") === keyOf(action.verb),
  );
  const object = wordsOf(action.object).map(stem);
  const touched = basis.spec.entities.find(
    (entity) => entity !== made && naming(entityTopic(entity.name, entity.line), object) >= 1,
  );
  const about = entityOf(demand, basis);
  const partlyNamed = wordsOf(about?.name ?? "").some((word) => object.includes(stem(word)))
    ? about
    : undefined;
  const creates = makes(action) ? (made ?? touched ?? partlyNamed) : made;
  const fields = (creates ? fieldsOf(creates) : []).map(({ name }) => name);
  const linked = creates ? refersTo(creates, basis.spec.entities) : [];
  const callers = callersOf(called, basis);
  return [
    ...new Set([
      ...(touched && touched !== creates && action.kind !== "read" ? [touched.name] : []),
      ...linked.filter((name) => !callers.includes(name)),
      ...fields.filter((name) => !OWN_FIELD.test(name)),
      ...means,
      ...(period === undefined ? [] : [period]),
    ]),
  ];
}

/** What comes back or holds afterwards: for a reading what the sentence names, else what its scenario shows. */
function outputOf(called: CalledAction, basis: Basis): string | null {
  const { action, demand } = called;
  if (action.kind === "read") {
    const [first = "", ...words] = titleOf(demand, basis).split(" ");
    const told = first.toLowerCase() === action.verb ? words.join(" ") : action.object;
    return told === "" ? null : told;
  }
  const verb = stem(wordsOf(action.verb)[0] ?? "");
  const others = demand.actions
    .map((one) => stem(wordsOf(one.verb)[0] ?? ""))
    .filter((one) => one !== verb && one !== "");
  const isOfAnother = (when: string): boolean => {
    const said = new Set(wordsOf(when).map(stem));
    return !said.has(verb) && others.some((one) => said.has(one));
  };
  const shown = scenariosFor(demand, basis.around).find(
    ({ then, when }) =>
      then !== "" &&
      !isRefusal(then) &&
      !isOfAnother(when) &&
      (demand.restricts ? wordsOf(when).map(stem).includes(verb) : when !== ""),
  );
  if (!shown) return null;
  const entity = firstEntityIn(shown.then, basis);
  const told = `${cutAtClause(shown.then, 140)} (${shown.source})`;
  return entity ? `${entity.name}: ${told}` : told;
}

function operationFrom(called: CalledAction, basis: Basis): Operation {
  const { name, demand, action } = called;
  const asking = askingFor(called, basis);
  return {
    name,
    purpose: demand.restricts
      ? action.phrase.charAt(0).toUpperCase() + action.phrase.slice(1)
      : titleOf(demand, basis),
    callers: callersOf(called, basis),
    inputs: inputsOf(called, basis),
    output: outputOf(called, basis),
    errors: [...errorsOf(called, asking, basis)],
    requirements: [...new Set([demand.id, ...asking.map(({ id }) => id)])],
  };
}

/** Commands and scripts that a tooling spec names, with the module that owns them. */
function commandsOf(
  basis: Basis,
  module: string,
  owned: ReturnType<typeof toolOwners>,
): readonly Operation[] {
  return (owned.get(module) ?? [])
    .filter(({ kind }) => kind === "command" || kind === "script")
    .map(({ name, kind, flags, demands }) => {
      const first = basis.around.demands.find(({ id }) => id === demands[0]);
      return {
        name,
        purpose: first ? titleOf(first, basis) : `The ${kind} ${name}`,
        inputs: [...flags],
        output: null,
        errors: [],
        requirements: [...demands],
      };
    });
}

/** One interface per module that something can be asked of. */
export function interfacesFor(basis: Basis): Interface[] {
  const called = calledActionsOf(basis);
  const owned = toolOwners(basis.modules, isTooling(basis.around) ? toolsOf(basis.around) : []);
  return basis.modules.flatMap((module) => {
    const own = called.filter((one) => one.module === module);
    const commands = commandsOf(basis, module.name, owned);
    if (own.length + commands.length === 0) return [];
    return [
      {
        name: `${module.name} operations`,
        module: module.name,
        operations: [...commands, ...own.map((one) => operationFrom(one, basis))],
      },
    ];
  });
}
