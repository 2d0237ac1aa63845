import { z } from "zod";
import { err, ok, type Result } from "../../core/result.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { namedPart, partsOf } from "./schema-parts.ts";

/** What a key of the configuration means. */
export interface ExplainedKey {
  /** As it was asked for, or whole where the end of it was enough. A name of the user's is `NAME`, unless one was given. */
  readonly path: readonly string[];
  readonly about: string;
  /** What may stand there, in words. */
  readonly type: string;
  /** The keys of a group, each with what it means. */
  readonly keys: readonly { readonly key: string; readonly about: string }[];
}

/** Stands for any name of the user's. */
export const ANY_NAME = "NAME";

/** What a key means: by its whole path, or by the end of one where that is clear. Or what may have been meant. */
export function explainKey(root: z.ZodType, asked: string): Result<ExplainedKey, string> {
  const path = asked.split(".");
  const found = schemaAt(root, path);
  if (found) return ok(explained(path, found));
  const all = pathsOf(root);
  const ends = all.filter((one) => one.join(".").endsWith(`.${asked}`));
  const [only, another] = ends;
  const schema = only && !another && schemaAt(root, only);
  if (schema) return ok(explained(only, schema));
  return err(hintFor(root, path, { ends, all }));
}

function hintFor(
  root: z.ZodType,
  path: readonly string[],
  {
    ends,
    all,
  }: {
    readonly ends: readonly (readonly string[])[];
    readonly all: readonly (readonly string[])[];
  },
): string {
  if (ends.length > 0) {
    const shown = ends.slice(0, 6).map((one) => one.join("."));
    return `Name one of: ${shown.join(", ")}${ends.length > shown.length ? ", …" : ""}.`;
  }
  // Where the part that is right ends.
  const good = path.findIndex((_, index) => !schemaAt(root, path.slice(0, index + 1)));
  const parent = path.slice(0, good);
  const known = keysOf(schemaAt(root, parent));
  const near = nearestName(path[good] ?? "", known);
  if (near !== undefined)
    return `Did you mean ${[...parent, near, ...path.slice(good + 1)].join(".")}?`;
  const anywhere = nearestName(path.at(-1) ?? "", [...new Set(all.map((one) => one.at(-1) ?? ""))]);
  const match = all.find((one) => one.at(-1) === anywhere);
  if (match) return `Did you mean ${match.join(".")}?`;
  return known.length > 0
    ? `Use one of: ${known.join(", ")}.`
    : `${parent.join(".")} holds no keys.`;
}

const explained = (path: readonly string[], schema: unknown): ExplainedKey => ({
  path,
  about: aboutOf(schema),
  type: schema instanceof z.ZodType ? typeText(z.toJSONSchema(schema, { io: "input" })) : "",
  keys: keysOf(schema).map((key) => ({ key, about: aboutOf(schemaAt(schema, [key])) })),
});

const aboutOf = (schema: unknown): string =>
  schema instanceof z.ZodType ? (schema.description ?? "") : "";

function schemaAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((schema, step) => {
    const parts = partsOf(schema);
    const inner = parts.element === undefined ? parts : partsOf(parts.element);
    return inner.shape && Object.hasOwn(inner.shape, step) ? inner.shape[step] : namedPart(inner);
  }, root);
}

function keysOf(schema: unknown): readonly string[] {
  const parts = partsOf(schema);
  const inner = parts.element === undefined ? parts : partsOf(parts.element);
  return [...Object.keys(inner.shape ?? {}), ...(namedPart(inner) === undefined ? [] : [ANY_NAME])];
}

/** All keys there are; what stands under any name is listed under `NAME` only. */
export function pathsOf(schema: unknown): readonly (readonly string[])[] {
  const below = (key: string) => pathsOf(schemaAt(schema, [key]));
  const keys = keysOf(schema);
  const named = new Set(
    keys.includes(ANY_NAME) ? below(ANY_NAME).map((path) => path.join(".")) : [],
  );
  return keys.flatMap((key) => [
    [key],
    ...below(key)
      .filter((path) => key === ANY_NAME || !named.has(path.join(".")))
      .map((path) => [key, ...path]),
  ]);
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** What may stand there, in words. */
function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return `one of ${schema.enum.join(", ")}`;
  if (schema.anyOf)
    return schema.anyOf
      .map((each) => (typeof each === "object" ? typeText(each) : ""))
      .join("; or: ");
  if (schema.examples?.includes("30s"))
    return "duration: a number with its unit, like 30s, 15m or 2h; at most 24 days";
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  const { type } = schema;
  if (type === "boolean") return "true or false";
  if (type === "integer" || type === "number")
    return `${type === "integer" ? "whole number" : "number"} from ${minimum} to ${maximum}`;
  if (type === "array")
    return `list, ${minItems ? `${minItems} to` : "at most"} ${maxItems} items, each: ${typeText(itemOf(schema))}`;
  if (type === "string")
    return `text${minLength ? ", not empty" : ""}${maxLength ? `, at most ${maxLength} characters` : ""}`;
  if (type !== "object") return "any value";
  return schema.additionalProperties && !schema.properties
    ? `group of NAME: ${typeText(itemOf({ items: schema.additionalProperties }))}`
    : "group of keys";
}

const itemOf = ({ items }: Pick<JsonSchema, "items">): JsonSchema =>
  typeof items === "object" && !Array.isArray(items) ? items : {};
