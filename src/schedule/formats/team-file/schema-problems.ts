import type { z } from "zod";
import { nearestName } from "../../../core/nearest-name.ts";
import { quoted, report, type ScheduleDiagnostic } from "../../project/report.ts";
import { shownPath, shownValue, type Document, type Path } from "../document.ts";

/** What a schema finds wrong with a document, in words, each at its place. */
export function schemaProblems(
  document: Document,
  schema: z.ZodType,
  issues: readonly z.core.$ZodIssue[],
): readonly ScheduleDiagnostic[] {
  return issues.flatMap((issue) => {
    const path: Path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
    if (issue.code === "unrecognized_keys") {
      const known = keysAt(schema, path);
      return issue.keys.map((key) => unknownKey(document, path, key, known));
    }
    const value = valueAt(document.value, path);
    const missing = value === undefined;
    return [
      report(
        missing ? "SCHEDULE_FIELD_MISSING" : "SCHEDULE_FIELD_INVALID",
        document.placeOf(path),
        missing
          ? `${shownPath(path)} is missing: it ${issue.message}`
          : `${shownPath(path) || "The file"} ${issue.message}, not ${shownValue(value)}`,
      ),
    ];
  });
}

function unknownKey(
  document: Document,
  path: Path,
  key: string,
  known: readonly string[],
): ScheduleDiagnostic {
  const near = nearestName(key, known);
  const where = path.length === 0 ? "this file" : shownPath(path);
  return {
    ...report(
      "SCHEDULE_FIELD_UNKNOWN",
      document.placeOf([...path, key], "key"),
      `${quoted(key)} is no field of ${where}`,
    ),
    hint: near === undefined ? `Use one of: ${known.join(", ")}.` : `Did you mean ${near}?`,
  };
}

/** Names of the fields at a path. */
function keysAt(root: z.ZodType, path: Path): readonly string[] {
  let schema: unknown = root;
  for (const step of path) {
    const inner = innerOf(schema);
    schema = inner.shape?.[String(step)] ?? inner.valueType ?? inner.element;
  }
  return Object.keys(innerOf(schema).shape ?? {}).filter((key) => !key.startsWith("$"));
}

interface Inner {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly valueType?: unknown;
  readonly element?: unknown;
  readonly innerType?: unknown;
}

function innerOf(schema: unknown): Inner {
  const def: Inner | undefined = hasDef(schema) ? schema.def : undefined;
  return def?.innerType === undefined ? (def ?? {}) : innerOf(def.innerType);
}

const hasDef = (schema: unknown): schema is { readonly def: Inner } =>
  typeof schema === "object" && schema !== null && "def" in schema;

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Object.entries(value).find(([key]) => key === String(step))?.[1]
        : undefined,
    root,
  );
