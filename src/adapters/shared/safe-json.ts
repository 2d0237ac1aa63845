import type { Json } from "../../core/json.ts";

export type JsonObject = { readonly [key: string]: Json | undefined };

/** Deeper values would overflow the stack of whoever writes them out again. */
const MAX_DEPTH = 200;

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !isArray(value);

/** The objects of a list; empty for what is none. */
export const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  value !== undefined && isArray(value) ? value.filter(isObject) : [];

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** Brackets open at once, counted in the text, so that no deep value is ever built. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, (depth += 1));
    else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}

/* oxlint-disable-next-line no-control-regex -- NUL is what must go: PostgreSQL stores none */
const UNSTORABLE = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text as any database can store it: NUL dropped, lone surrogates replaced. */
export const storable = (text: string): string =>
  text.replace(UNSTORABLE, (char) => (char === "\0" ? "" : "\uFFFD"));

function clean(value: Json): Json {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null) return value;
  if (isArray(value)) return value.map(clean);
  const kept: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value))
    if (key !== "__proto__" && item !== undefined) kept[storable(key)] = clean(item);
  return kept;
}

/**
 * JSON from an untrusted text, or undefined: nested at most 200 deep, without `__proto__` keys, and with strings any
 * database can store (NUL dropped, lone surrogates replaced).
 */
export function parseSafely(text: string): Json | undefined {
  if (nesting(text) > MAX_DEPTH) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return clean(value);
  } catch {
    return undefined;
  }
}
