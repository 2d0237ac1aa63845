import path from "node:path";
import { createCommitStore } from "../adapters/commits/create-commit-store.ts";
import { digestOf } from "../adapters/shared/digest.ts";
import type { LoadedConfig } from "../adapters/config/load-config.ts";
import type { WavegateError } from "../core/error.ts";
import type { Result } from "../core/result.ts";
import type { Artifacts } from "../ports/artifacts.ts";
import type { Landing } from "../ports/landing.ts";
import type { SharedStore } from "../ports/shared-store.ts";
import type { Workspaces } from "../ports/workspaces.ts";
import { ALONE, type MachineSettings } from "../stage/config/machines-options.ts";
import { artifactsAcross, landingAcross, workspacesAcross } from "../workflows/across-machines.ts";
import { workspacesFolder } from "./execution-ports.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** What of the project other machines have, too; nothing where the database is one that only this machine reaches. */
export function machinesOf(
  config: Result<LoadedConfig, WavegateError>,
  env: Environment,
): MachineSettings {
  if (!config.ok || !env["WAVEGATE_DATABASE_URL"]) return ALONE;
  return config.value.machines;
}

export interface Local {
  readonly workspaces: Workspaces;
  readonly landing: Landing;
  readonly artifacts: Artifacts;
}

export interface Across extends Local {
  /** Have commits of runs in this clone, for people who look at them; what no machine kept stays away. */
  readonly bringCommits: (commits: readonly string[]) => Promise<void>;
}

/** The same ports for runs that may go on on another machine; as they are where there is none. */
export function acrossMachines(
  own: Local,
  {
    root: project,
    env,
    machines,
    store,
  }: {
    readonly root: string;
    readonly env: Environment;
    readonly machines: MachineSettings;
    readonly store: () => Promise<SharedStore>;
  },
): Across {
  const { workspaces, landing, artifacts } = own;
  if (machines.project === null || !machines.share)
    return { workspaces, landing, artifacts, bringCommits: async () => {} };
  const root = path.join(workspacesFolder(env), "commits");
  const { fetch: remote, bundleBytes: maxBytes } = machines;
  const commits = createCommitStore({ project, root, store, remote, maxBytes });
  const shared = { commits, store };
  return {
    workspaces: workspacesAcross(workspaces, shared),
    landing: landingAcross(landing, shared),
    artifacts: artifactsAcross(artifacts, { store, digestOf }),
    async bringCommits(wanted) {
      for (const commit of wanted) await commits.get(commit).catch(() => {});
    },
  };
}
