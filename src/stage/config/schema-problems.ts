import { z } from "zod";
import { showPath, type ConfigPath } from "./locate.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { namedPart, partsOf } from "./schema-parts.ts";
import { showValue, type ConfigCode, type Problem } from "./report.ts";

type Issue = z.core.$ZodIssue;

/** What was checked, and with what. */
export interface Checked {
  readonly root: unknown;
  readonly schema: z.ZodType;
  /** Fields of agents whose values are never repeated. */
  readonly privateFields: readonly string[];
}

/** What the schema finds wrong with a configuration, in words, each with what is probably meant. */
export function schemaProblems(issues: readonly Issue[], checked: Checked): readonly Problem[] {
  return withInside(issues, checked).flatMap((issue): readonly Problem[] => {
    const path = toPath(issue.path);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => unknownKey(path, key, knownKeys(checked.schema, path)));
    if (issue.code === "invalid_key") return [badKey(path, issue)];
    return [badValue(path, issue, checked)];
  });
}

/** A bad name hides what stands under it from zod: that is checked, too. */
function withInside(issues: readonly Issue[], checked: Checked): readonly Issue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "invalid_key") return [issue];
    const inner = schemaAt(checked.schema, toPath(issue.path));
    if (!(inner instanceof z.ZodType)) return [issue];
    const parsed = inner.safeParse(valueAt(checked.root, toPath(issue.path)));
    const found = (parsed.error?.issues ?? []).map((one) => ({
      ...one,
      path: [...issue.path, ...one.path],
    }));
    return [issue, ...withInside(found, checked)];
  });
}

function unknownKey(path: ConfigPath, key: string, known: readonly string[]): Problem {
  const near = nearestName(key, known);
  const where = path.length === 0 ? "the configuration" : showPath(path);
  return {
    code: "CONFIG_UNKNOWN_KEY",
    path: [...path, key],
    part: "key",
    message: `${showValue(key)} is not an option of ${where}.`,
    hint: near ? `Did you mean ${near}?` : `Use one of: ${known.join(", ")}.`,
  };
}

function badKey(path: ConfigPath, issue: Extract<Issue, { code: "invalid_key" }>): Problem {
  return {
    code: "CONFIG_BAD_NAME",
    path,
    part: "key",
    message: `The name ${showValue(path.at(-1))} ${issue.issues[0]?.message ?? "is not allowed"}.`,
    hint: "Rename it, here and where it is used.",
  };
}

function badValue(path: ConfigPath, issue: Issue, { root, privateFields }: Checked): Problem {
  const value = valueAt(root, path);
  const isPrivate = path[0] === "agents" && privateFields.includes(String(path[2]));
  const told = isPrivate ? "" : `, not ${showValue(value)}`;
  return {
    code: codeOf(issue),
    path,
    part: "value",
    message:
      issue.code === "custom"
        ? `${showPath(path)}: ${issue.message}.`
        : `${showPath(path) || "The configuration"} ${issue.message}${told}.`,
    hint: hintFor(path, issue, value),
  };
}

function codeOf(issue: Issue): ConfigCode {
  if (issue.code === "custom") return "CONFIG_BAD_DURATION";
  if (issue.code === "too_big" || issue.code === "too_small") return "CONFIG_OUT_OF_RANGE";
  if (issue.code === "invalid_value") return "CONFIG_UNKNOWN_CHOICE";
  if (issue.code === "invalid_format") return "CONFIG_BAD_NAME";
  // zod asks for an "int" only where it has found a number.
  const fraction = issue.code === "invalid_type" && issue.expected === "int";
  return fraction ? "CONFIG_OUT_OF_RANGE" : "CONFIG_WRONG_TYPE";
}

const SHARE = "Write a share from 0 to 1: 0.75 is three quarters, 1 is all.";

function hintFor(path: ConfigPath, issue: Issue, value: unknown): string {
  const key = path.at(-1);
  if (key === "ratio" && typeof value === "number" && value > 1)
    return value >= 10 && value <= 100 ? `Did you mean ${value / 100}?` : SHARE;
  const percent = typeof value === "string" ? /^(\d{1,3})\s?%$/.exec(value)?.[1] : undefined;
  if (key === "ratio" && percent !== undefined) return `Did you mean ${Number(percent) / 100}?`;
  if (key === "reviewers" && Array.isArray(value) && value.length === 0)
    return "Name who may decide, or remove the line if anyone may.";
  if (key === "version") return "Update wavegate, or write version: 1.";
  if (issue.code === "invalid_type" && issue.expected === "boolean") return "Write true or false.";
  if (key === "command" && typeof value === "string")
    return 'Write a list, since no shell is used: ["program", "first argument"].';
  if (issue.message.startsWith("must be a duration"))
    return typeof value === "number"
      ? `Write the unit: ${value}s, ${value}m or ${value}h.`
      : "Write a number and a unit: ms, s, m, h or d.";
  if (issue.code === "custom") return "Write a number and a unit: ms, s, m, h or d.";
  if (typeof value === "string" && issue.code === "invalid_type" && value.trim() !== "")
    if (Number.isFinite(Number(value))) return "Remove the quotes.";
  if (typeof value === "string") {
    const near = nearestName(value, choicesOf(issue));
    if (near) return `Did you mean ${near}?`;
  }
  return "Correct the value, or remove the line to use the default.";
}

/** The values to choose from, also where something else would do, too. */
function choicesOf(issue: Issue): readonly string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  return issue.code === "invalid_union" ? issue.errors.flat().flatMap(choicesOf) : [];
}

/** The keys that the schema knows at a path: of a group, or of a table with names to choose from. */
function knownKeys(root: z.ZodType, path: ConfigPath): readonly string[] {
  const { shape = {}, keyType } = partsOf(schemaAt(root, path));
  return keyType instanceof z.ZodEnum ? keyType.options.map(String) : Object.keys(shape);
}

function schemaAt(root: z.ZodType, path: ConfigPath): unknown {
  let schema: unknown = root;
  for (const step of path) {
    const parts = partsOf(schema);
    schema = parts.shape?.[String(step)] ?? parts.element ?? namedPart(parts);
  }
  return schema;
}

const toPath = (path: readonly PropertyKey[]): ConfigPath =>
  path.map((step) => (typeof step === "number" ? step : String(step)));

function valueAt(root: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Object.entries(value).find(([key]) => key === String(step))?.[1]
        : undefined,
    root,
  );
}

/** The value without what is wrong with it, so that the rest can be checked too. */
export function withoutProblems(value: unknown, problems: readonly Problem[]): unknown {
  return problems.reduce((rest, { path }) => without(rest, path), value);
}

function without(value: unknown, path: ConfigPath): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof step === "number") return undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
      if (key !== step) return [[key, item]];
      const left = rest.length === 0 ? undefined : without(item, rest);
      return left === undefined ? [] : [[key, left]];
    }),
  );
}
