import { z } from "zod";
import { parseDuration } from "../../core/duration.ts";
import { ENV_NAME, ENV_PATTERN } from "./variable-name.ts";

/** Kinds of values in `wavegate.config.yaml`, with their ranges. Every message continues "<key> …, not <value>". */

/** A name of a role or an agent. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
export const NAME_RULE =
  "must be a name of lower-case letters, digits and single dashes, at most 40 characters";

const FILE_RULE = "must be a file name with an ending, without folders";
const PERSON_RULE = "must be the name of a person as it is recorded, at most 100 characters";

export const text = (what = "must be text with something in it") =>
  z.string({ error: what }).trim().min(1, what);
export const name = () => z.string({ error: NAME_RULE }).max(40, NAME_RULE).regex(NAME, NAME_RULE);

/** Whether a text can name a role, an agent or a stage. */
export const isName = (word: string): boolean => word.length <= 40 && NAME.test(word);

export const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, error).max(most, error);
};

const VARIABLES_RULE = "must be the name of a variable; a final * stands for any ending";
const MONEY_RULE = "must be a number of US dollars above 0, at most 1000000";

/** US dollars. */
export const money = () =>
  z.number({ error: MONEY_RULE }).positive(MONEY_RULE).max(1_000_000, MONEY_RULE);

/** The name of a variable of the user's environment. */
export const variable = () =>
  z
    .string({ error: "must be the name of a variable" })
    .regex(ENV_NAME, "must be the name of a variable");

/** The same, or with a final `*` all that begin so. */
export const variables = () =>
  z.string({ error: VARIABLES_RULE }).regex(ENV_PATTERN, VARIABLES_RULE);

export const listOf = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item, { error: `must be a list of ${what}` }).max(200, "must have at most 200 items");

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(", ")}` });

export const section = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "invalid_type" ? "must be a group of keys and values" : undefined,
  });

/** A section with further parts of one form under names of the user's. */
export const group = <T extends z.ZodRawShape, Rest extends z.ZodType>(shape: T, rest: Rest) =>
  z
    .object(shape, {
      error: (issue) =>
        issue.code === "invalid_type" ? "must be a group of keys and values" : undefined,
    })
    .catchall(rest);

/** The name of a file in one folder: no path, no hidden file. */
export const fileName = () =>
  z
    .string({ error: FILE_RULE })
    .max(100, FILE_RULE)
    .regex(/^[A-Za-z0-9_][\w.-]*\.[A-Za-z0-9]+$/, FILE_RULE);

/** How a person is recorded with a decision. */
export const personName = () =>
  z.string({ error: PERSON_RULE }).trim().min(1, PERSON_RULE).max(100, PERSON_RULE);

export const yesOrNo = () => z.boolean({ error: "must be true or false" });

/** In milliseconds once read. */
export const duration = () =>
  z
    .string({ error: "must be a duration with its unit, like 30s, 15m or 2h" })
    .meta({
      pattern: String.raw`^\d{1,12}(\.\d{1,6})?(ms|s|m|h|d)$`,
      examples: ["30s", "15m", "2h"],
    })
    .transform((value, context) => {
      const read = parseDuration(value);
      if (read.ok) return read.value;
      context.addIssue({ code: "custom", message: read.error, params: { kind: "duration" } });
      return z.NEVER;
    });
