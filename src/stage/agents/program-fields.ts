import { z } from "zod";
import { listOf, variables } from "../config/fields.ts";
import { ENV_NAME } from "../config/variable-name.ts";
import { SANDBOX_FIELD } from "../sandbox/sandbox-fields.ts";

/** Fields of every kind of agent that is a program: one schema each, because kinds that share a field share its schema. */
export const PROGRAM_FIELDS = {
  args: listOf(z.string({ error: "must be text" }), "texts")
    .optional()
    .describe("Added after the command, or after the preset's."),
  "pass-env": listOf(variables(), "names of variables")
    .optional()
    .describe("Variables of your environment that the program may see."),
  env: z
    .record(
      z.string().regex(ENV_NAME, "must be the name of a variable"),
      z.string({ error: "must be text (put numbers in quotes)" }),
      { error: "must be a group of names and values; to pass variables on, list them in pass-env" },
    )
    .optional()
    .describe("Fixed values for the program. No secrets: pass those on with pass-env."),
  sandbox: SANDBOX_FIELD,
};
