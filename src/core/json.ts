/** What can be journaled, stored and sent: plain JSON, nothing with behaviour. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A value as plain JSON: undefined fields are left out. Throws for what JSON cannot hold, which is a broken invariant. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === "object")
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, field]) =>
        field === undefined ? [] : [[key, toJson(field)]],
      ),
    );
  throw new Error(`Not JSON: ${typeof value}`);
}
