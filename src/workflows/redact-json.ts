import type { Json } from "../core/json.ts";

/** Text by text, names of fields too, so that what is taken out can never break the JSON around it. */
export function redactJson(redact: (text: string) => string, value: Json): Json {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (isList(value)) return value.map((part) => redactJson(redact, part));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, part]) =>
      part === undefined ? [] : [[redact(name), redactJson(redact, part)]],
    ),
  );
}

const isList = (value: object): value is readonly Json[] => Array.isArray(value);
