import type { Json } from "../../core/json.ts";

type Group = { readonly [key: string]: Json };

const isGroup = (value: unknown): value is Group =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text with JSON, with further values laid over it, key by key; only those where they fit nowhere, as over no JSON. */
export function overlaidJson(text: string | undefined, over: Json): string {
  return JSON.stringify(merged(parsed(text ?? ""), over));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Entries are defined, not set: a key like `__proto__` is an ordinary one. */
const merged = (below: unknown, above: Json): Json =>
  isGroup(below) && isGroup(above)
    ? Object.fromEntries([
        ...Object.entries(below),
        ...Object.entries(above).map(([key, value]): [string, Json] => [
          key,
          merged(Object.hasOwn(below, key) ? below[key] : undefined, value),
        ]),
      ])
    : above;

/** The value without texts for which `fits` is false, and without groups that held nothing else. */
export function onlyWhere(value: Json, fits: (text: string) => boolean): Json | undefined {
  if (typeof value === "string") return fits(value) ? value : undefined;
  if (!isGroup(value)) return value;
  const kept = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    const rest = onlyWhere(inner, fits);
    return rest === undefined ? [] : [[key, rest]];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}
