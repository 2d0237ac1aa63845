import { z } from "zod";
import { section, whole, yesOrNo } from "./fields.ts";

/** How clones of one repository on several machines work on the same runs. */
export interface MachineSettings {
  /** What the project is called in a database that is not our own; null: each clone is a project of its own. */
  readonly project: string | null;
  /** Whether commits and artifacts are kept there for the others. */
  readonly share: boolean;
  /** Name or address of the remote that is asked for what nobody kept; null: none is. */
  readonly fetch: string | null;
  /** The most that one commit may have more than its base, as git packs it. */
  readonly bundleBytes: number;
}

const MIB = 2 ** 20;

export const ALONE: MachineSettings = {
  project: null,
  share: true,
  fetch: null,
  bundleBytes: 256 * MIB,
};

const PROJECT_RULE =
  "must be a name of letters, digits, dots, dashes and underlines that begins with a letter or digit, at most 100 characters";
const REMOTE_RULE =
  "must be the name of a remote or an address that git fetches from, such as origin or https://host/path.git";

/** No option of git's, and no program (`ext::…`). */
const REMOTE = /^(?!-)(?![A-Za-z0-9+.-]+::)[^\s\p{Cc}]{1,1000}$/u;

export const MACHINES_SECTION = section({
  project: z
    .string({ error: PROJECT_RULE })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, PROJECT_RULE)
    .optional()
    .describe(
      "Name of the project in the database of WAVEGATE_DATABASE_URL: clones of the repository with the same one share their runs. Without such a database it counts for nothing.",
    ),
  share: yesOrNo()
    .optional()
    .describe("Whether commits and artifacts of runs are kept in that database for other clones."),
  fetch: z
    .string({ error: REMOTE_RULE })
    .regex(REMOTE, REMOTE_RULE)
    .optional()
    .describe(
      "Remote or address to fetch a commit from that a run needs and this clone does not have. Left out: nothing is fetched.",
    ),
  "bundle-mb": whole(1, 4_096)
    .optional()
    .describe("The most MiB that one task may add, as git packs it, to be kept for other clones."),
})
  .optional()
  .describe("Several clones of one repository, on several machines, that share their runs.");

/** What was read, with what was left out as it comes. */
export const machinesOf = (input: z.infer<typeof MACHINES_SECTION>): MachineSettings => ({
  project: input?.project ?? ALONE.project,
  share: input?.share ?? ALONE.share,
  fetch: input?.fetch ?? ALONE.fetch,
  bundleBytes: (input?.["bundle-mb"] ?? ALONE.bundleBytes / MIB) * MIB,
});
