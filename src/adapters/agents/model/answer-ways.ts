import type { Json } from "../../../core/json.ts";
import type { AnswerWay, ResolvedModelDefinition } from "../../../stage/agents/model-definition.ts";
import { isObject } from "../../shared/safe-json.ts";

/** What a provider's own way to hold an answer to a schema can carry. */
interface SchemaSupport {
  /** Whether it takes objects whose keys are not known before, as `artifacts` by file name, and lists of anything. */
  readonly open: boolean;
  /** Whether it has a way for JSON without a schema. */
  readonly plainJson: boolean;
  /** Whether it takes a schema, or asks for JSON, beside tools. */
  readonly besideTools: boolean;
}

const SUPPORT: Readonly<Record<ResolvedModelDefinition["facts"]["form"], SchemaSupport>> = {
  // The AI SDK gives schemas that Anthropic's constrained decoding can't hold to a tool that must be called.
  anthropic: { open: true, plainJson: false, besideTools: true },
  openai: { open: true, plainJson: true, besideTools: true },
  // Google refuses objects without properties and lists without items; and tools with a response type before Gemini 3.
  google: { open: false, plainJson: true, besideTools: false },
  "openai-compatible": { open: true, plainJson: true, besideTools: false },
};

const ALL: readonly AnswerWay[] = ["schema", "json", "text"];

/**
 * The ways to ask for the answer, the best first; later ones are for endpoints that say that they know no schemas. The prompt
 * has the schema as text in any case, and whatever comes is held against the contract.
 */
export function waysFor(
  { facts, answerAs }: Pick<ResolvedModelDefinition, "facts" | "answerAs">,
  schema: Json,
  withTools: boolean,
): readonly AnswerWay[] {
  const support = SUPPORT[facts.form];
  if (withTools && !support.besideTools) return ["text"];
  const first = answerAs ?? "schema";
  return ALL.slice(ALL.indexOf(first)).filter(
    (way) =>
      way === "text" ||
      (way === "json" ? support.plainJson : support.open || !isOpen(schema) || answerAs === way),
  );
}

/** Whether the schema has an object or a list of which nothing is known before. */
const isOpen = (schema: Json): boolean =>
  some(
    schema,
    ({ type, properties, items }) =>
      (type === "object" && properties === undefined) || (type === "array" && items === undefined),
  );

/** What OpenAI's strict mode asks for: every key required, no other keys (OpenAI API, structured outputs). */
export const isStrict = (schema: Json): boolean =>
  !some(schema, (node) => {
    if (node["type"] !== "object") return false;
    const required = Array.isArray(node["required"]) ? node["required"] : [];
    const properties = isObject(node["properties"]) ? Object.keys(node["properties"]) : [];
    return (
      node["additionalProperties"] !== false || properties.some((key) => !required.includes(key))
    );
  });

type Node = { readonly [key: string]: Json | undefined };

function some(schema: Json, test: (node: Node) => boolean): boolean {
  if (Array.isArray(schema)) return schema.some((item: Json) => some(item, test));
  if (!isObject(schema)) return false;
  return (
    test(schema) || Object.values(schema).some((item) => item !== undefined && some(item, test))
  );
}
