import path from "node:path";
import { probeBubblewrap } from "../adapters/sandbox/bubblewrap.ts";
import {
  createSandbox,
  type SandboxOptions as CreateOptions,
} from "../adapters/sandbox/create-sandbox.ts";
import type { Sandbox } from "../ports/sandbox.ts";
import { sandboxFor, type SandboxOptions } from "../stage/sandbox/sandbox-settings.ts";
import { findOnPath } from "./find-program.ts";

/** Of an agent's definition only what its sandbox depends on; the environment may hold secrets that only this agent gets. */
export type SandboxOf = (
  definition: {
    readonly name: string;
    readonly preset?: string;
    readonly sandbox?: SandboxOptions;
  },
  variables: Pick<CreateOptions, "env" | "passed">,
) => Sandbox;

export interface SandboxesOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly project: string;
  readonly stateFolder: string;
  /** What the configuration says of all agents. */
  readonly all: SandboxOptions;
  /** Path of bubblewrap by the configuration. */
  readonly bubblewrap: string | null;
  readonly platform?: string;
  /** Told what people must not miss. */
  readonly warn: (line: string) => void;
}

/** Where the programs of agents run in this project. Bubblewrap is tried out once, when the first one needs it. */
export function createSandboxes(options: SandboxesOptions): {
  readonly sandboxOf: SandboxOf;
  readonly bubblewrap: () => ReturnType<typeof probeBubblewrap>;
  readonly warnUnprotected: (names: readonly string[]) => Promise<void>;
} {
  const { env, project, stateFolder, all, warn, platform = process.platform } = options;
  let probe: ReturnType<typeof probeBubblewrap> | undefined;
  const named = env["WAVEGATE_BWRAP"] || options.bubblewrap || "bwrap";
  const file = named.includes("/") ? path.resolve(project, named) : findOnPath(named, env);
  const bubblewrap = () => (probe ??= probeBubblewrap(file, platform));
  const sandboxes = new Map<string, Sandbox>();
  const sandboxOf: SandboxOf = ({ name, preset, sandbox }, variables) => {
    const made = createSandbox({
      settings: sandboxFor(all, sandbox),
      preset,
      ...variables,
      project,
      stateFolder,
      bubblewrap,
    });
    sandboxes.set(name, made);
    return made;
  };
  const said = new Set<string>();
  return {
    sandboxOf,
    bubblewrap,
    async warnUnprotected(names) {
      const without = new Map<string, readonly string[]>();
      for (const name of names) {
        const missing = (await sandboxes.get(name)?.state())?.missing;
        if (!missing || said.has(name)) continue;
        said.add(name);
        without.set(missing.reason, [...(without.get(missing.reason) ?? []), name]);
      }
      for (const [reason, agents] of without)
        warn(
          `warning: NO SANDBOX for ${agents.join(", ")}: ${reason}. What they run can do what you can do (docs/sandbox.md).`,
        );
    },
  };
}
