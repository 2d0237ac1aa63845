import { randomBytes } from "node:crypto";
import { realpathSync } from "node:fs";
import path from "node:path";
import type { Result } from "../../core/result.ts";
import type { Placed, Sandbox, SandboxRequest } from "../../ports/sandbox.ts";
import { SANDBOX_PROFILES } from "../../stage/sandbox/profiles.ts";
import type { SandboxSettings } from "../../stage/sandbox/sandbox-settings.ts";
import type { Bubblewrap, NoBubblewrap } from "./bubblewrap.ts";
import { choosePlace } from "./choose-place.ts";
import { enclose } from "./enclose.ts";
import { isWithin } from "./within.ts";

export interface SandboxOptions {
  readonly settings: SandboxSettings;
  /** Name of the agent's preset, if it has one. */
  readonly preset: string | undefined;
  /** The user's environment: where home is, what holds credentials. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of that, what the agent may see: by it `state` says where its programs would be placed. Default: all. */
  readonly passed?: Readonly<Record<string, string | undefined>>;
  /** The project, links followed, and the folder of Wavegate's state in it. */
  readonly project: string;
  readonly stateFolder: string;
  /** Shared by all agents of a process: it is tried out once. */
  readonly bubblewrap: () => Promise<Result<Bubblewrap, NoBubblewrap>>;
  /** Epoch milliseconds. */
  readonly now?: () => number;
}

/** The sandbox of one agent, made by bubblewrap: what holds is in docs/sandbox.md. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { settings, preset, now = Date.now } = options;
  const profile = preset === undefined ? undefined : SANDBOX_PROFILES.get(preset);
  const place = choosePlace({ ...options, profile, now });
  return {
    async state() {
      const chosen = await place({ endpoints: true, env: options.passed ?? options.env });
      return {
        mode: settings.mode,
        by: chosen.kind === "inside" ? chosen.bubblewrap.version : undefined,
        missing: chosen.kind === "outside" ? chosen.missing : undefined,
      };
    },
    async place(request): Promise<Placed> {
      const chosen = await place({ endpoints: request.network, env: request.start.env });
      if (chosen.kind === "inside")
        return enclose({
          request: really(request),
          ...chosen,
          settings,
          profile,
          env: options.env,
          project: options.project,
          stateFolder: options.stateFolder,
          home: homeFor(options),
          placeholder: (variable) =>
            `wavegate-${variable.toLowerCase().replaceAll("_", "-")}-${randomBytes(12).toString("hex")}`,
        });
      const { missing } = chosen;
      if (missing === undefined) return { kind: "outside", reason: undefined };
      if (settings.mode === "required") return { kind: "refused", ...missing };
      return { kind: "outside", reason: missing.reason };
    },
  };
}

/** Links on the way to where it works can't be told from other folders inside. */
const really = (request: SandboxRequest): SandboxRequest => ({
  ...request,
  start: { ...request.start, cwd: realpathSync(request.start.cwd) },
});

/** The user's home, under the same name but empty; another one where that can't be. */
function homeFor({ env, project }: Pick<SandboxOptions, "env" | "project">): string {
  const home = path.resolve("/", env["HOME"] ?? "");
  const ofSystem = ["/usr", "/etc", "/proc", "/dev", "/bin", "/lib", "/run", "/tmp", "/var/tmp"];
  const impossible =
    home === "/" ||
    home === project ||
    isWithin(home, project) ||
    ofSystem.some((each) => isWithin(home, each));
  return impossible ? "/home/agent" : home;
}
