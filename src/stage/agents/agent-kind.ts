import type { z } from "zod";
import { name as nameField, text } from "../config/fields.ts";
import { priceName } from "../config/budget-options.ts";
import type { AgentCost } from "../budget/agent-cost.ts";
import type { ConfigCode } from "../config/report.ts";

/** What stands under one name of `agents`, read by the fields of all kinds. */
export type AgentOptions = Readonly<Record<string, unknown>>;

/** What every agent of the configuration is. */
export interface AnyDefinition {
  /** Which adapter plays it. */
  readonly kind: string;
  readonly name: string;
}

/** What is wrong with one agent, beyond the types of its fields. */
export interface AgentProblem {
  /** The field it is about; none: the agent as a whole. */
  readonly key?: string;
  /** Further into the field: a position in a list, from 0, or a name in a group. */
  readonly item?: string | number;
  /** Default `CONFIG_BAD_AGENT`. */
  readonly code?: ConfigCode;
  /** Without a full stop. Of `CONFIG_BAD_AGENT` it follows "Agent <name>: ". Repeats no value of a private field. */
  readonly message: string;
  /** What to do, as a sentence. */
  readonly hint: string;
}

/** What can be said of the use of an agent before it is asked. */
export type ExpectedUse = Pick<AgentCost, "reportsCost" | "requestBytes" | "requests">;

/**
 * One kind of agent that users can configure: all that the configuration, its JSON Schema and the redactor know of it.
 * `Options` is what `fields` read, with `summary`, `provider` and `price`, which every kind has.
 */
export interface AgentKind<
  Options = AgentOptions,
  Definition extends AnyDefinition = AnyDefinition,
> {
  readonly kind: Definition["kind"];
  /** Its keys in the configuration. All optional: an agent has the fields of all kinds, and some of one kind. */
  readonly fields: Readonly<Record<string, z.ZodOptional>>;
  /** An agent that has one of these fields is of this kind. */
  readonly marks: readonly string[];
  /** Fields whose values may be secret: no message repeats them. */
  readonly privateFields: readonly string[];
  /** Also of an agent with problems, and of one whose wrong fields were left out: it never throws. */
  define(name: string, options: Options): Definition;
  /** Empty when it can run. */
  problems(definition: Definition): readonly AgentProblem[];
  /** Names of the user's variables that hold its secrets, whatever they are called: the redactor looks for their values. */
  secretNames(definition: Definition): readonly string[];
  /** Names of the user's variables that it gets, a final `*` for any ending. Default: those that hold its secrets. */
  variables?(definition: Definition): readonly string[];
  /** For budgets. Default: it does not say what it cost, and sends its prompt and nothing else. */
  use?(definition: Definition): ExpectedUse;
}

/** The kinds there are; the first is meant where nothing says which. */
export type AgentKinds<Definition extends AnyDefinition = AnyDefinition> = readonly [
  AgentKind<AgentOptions, Definition>,
  ...(readonly AgentKind<AgentOptions, Definition>[]),
];

/** Fields of every kind. */
const COMMON = {
  summary: text().optional().describe("One line for `wavegate agents`."),
  provider: nameField()
    .optional()
    .describe(
      "Whose limits its calls count against: agents that name the same one slow down together when it has too much to do.",
    ),
  price: priceName(),
};

/** The fields of all kinds in one group. Kinds that have a field of the same name share its schema. */
export function agentFields(kinds: AgentKinds): Readonly<Record<string, z.ZodOptional>> {
  const fields: Record<string, z.ZodOptional> = {};
  for (const [key, field] of kinds.flatMap((kind) => Object.entries(kind.fields))) {
    if ((fields[key] ?? field) !== field || key in COMMON)
      throw new Error(`two kinds of agents define the field ${key}`);
    fields[key] = field;
  }
  return { ...fields, ...COMMON };
}

/** The kind an agent is of: by a mark; else by a field that it has; else the first. */
export function kindOf<Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  options: AgentOptions,
): AgentKind<AgentOptions, Definition> {
  const has = (key: string) => options[key] !== undefined;
  return (
    kinds.find(({ marks }) => marks.some(has)) ??
    kinds.find(({ fields }) => Object.keys(fields).some(has)) ??
    kinds[0]
  );
}

/** The kind of a name. */
export const kindNamed = <Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  name: string,
): AgentKind<AgentOptions, Definition> | undefined => kinds.find(({ kind }) => kind === name);

/** Fields that an agent has although they belong to other kinds. */
export function foreignFields(kinds: AgentKinds, options: AgentOptions): readonly AgentProblem[] {
  const own = kindOf(kinds, options);
  const mark = own.marks.find((key) => options[key] !== undefined);
  const keys = new Set(kinds.flatMap(({ fields }) => Object.keys(fields)));
  return [...keys]
    .filter((key) => options[key] !== undefined && !(key in own.fields))
    .map((key) => {
      const theirs = kinds.filter(({ fields }) => key in fields).map(({ kind }) => kind);
      return {
        key,
        message: `\`${key}\` is for agents of kind ${theirs.join(" or ")}, but this one is of kind ${own.kind}${mark === undefined ? "" : ` by its \`${mark}\``}`,
        hint: mark === undefined ? `Remove ${key}.` : `Remove ${key} or ${mark}.`,
      };
    });
}

/** Names of the variables that hold secrets of these agents, whatever the variables are called. */
export const secretNamesOf = <Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  definitions: readonly Definition[],
): readonly string[] =>
  definitions.flatMap((definition) =>
    kinds.flatMap((kind) => (kind.kind === definition.kind ? kind.secretNames(definition) : [])),
  );
