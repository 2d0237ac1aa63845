import type { z } from "zod";
import { duration, listOf, section, text, variables, whole } from "../config/fields.ts";
import { PLAIN_RECIPE, type WorkspaceRecipe } from "./workspace-settings.ts";

/** How fresh clones for tasks become places to work in. */
export const WORKSPACE_SECTION = section({
  copy: listOf(text(), "paths")
    .optional()
    .describe(
      "Files of the project that git does not track and tasks need, like .env; * in a name.",
    ),
  install: listOf(text(), "words")
    .optional()
    .describe("Command that installs dependencies in a fresh clone: [npm, ci]. No shell."),
  timeout: duration().optional().describe("The most that the install command may take."),
  ports: whole(0, 100)
    .optional()
    .describe("TCP ports that each clone has for itself: WAVEGATE_PORT_1 and so on."),
  "pass-env": listOf(variables(), "names of variables")
    .optional()
    .describe("Variables that the install command sees besides the usual ones."),
})
  .optional()
  .describe("How clones for tasks are made ready: files, dependencies, ports.");

/** What was read, with what was left out as it comes. */
export const recipeOf = (input: z.infer<typeof WORKSPACE_SECTION>): WorkspaceRecipe => ({
  copy: input?.copy ?? PLAIN_RECIPE.copy,
  install: input?.install ?? PLAIN_RECIPE.install,
  timeoutMs: input?.timeout ?? PLAIN_RECIPE.timeoutMs,
  ports: input?.ports ?? PLAIN_RECIPE.ports,
  passEnv: input?.["pass-env"] ?? PLAIN_RECIPE.passEnv,
});
