import type { z } from "zod";
import { listOf, oneOf, section, text } from "../config/fields.ts";
import { SANDBOX_MODES } from "./sandbox-settings.ts";

const paths = (about: string) => listOf(text(), "paths").optional().describe(about);

const FIELDS = {
  mode: oneOf(SANDBOX_MODES)
    .optional()
    .describe("required refuses to start agents without a sandbox; preferred says so; off."),
  endpoints: listOf(text(), "addresses like https://api.example.com")
    .optional()
    .describe("The only servers that agents reach. Default: those of the agent's preset."),
  read: paths("Files and folders that agents may read besides the project; ~/ is your home."),
  write: paths("Folders that agents may change besides that of the attempt."),
  hide: paths("Files and folders of the project that agents must not see."),
};

/** Of one agent; kinds of agents that start programs have this very field. */
export const SANDBOX_FIELD = section(FIELDS)
  .optional()
  .describe("The sandbox of this agent, over that of all: docs/sandbox.md.");

/** Of commands that check work: they reach no server, and see no project but the clone. */
export const CHECKS_SANDBOX_FIELD = section({
  mode: FIELDS.mode,
  read: FIELDS.read,
  write: FIELDS.write,
})
  .optional()
  .describe("The sandbox of VERIFY commands and tests, over that of all agents.");

/** Of all agents. */
export const SANDBOX_SECTION = section({
  ...FIELDS,
  bubblewrap: text().optional().describe("Path of bubblewrap, where it is not on PATH."),
})
  .optional()
  .describe("The sandbox that programs of agents run in: docs/sandbox.md.");

/** What was read of either; absent stays absent. */
export type SandboxInput = z.infer<typeof SANDBOX_SECTION>;
