/** `required` refuses to start an agent without a sandbox, `preferred` says loudly that there is none, `off` wants none (AG-04). */
export const SANDBOX_MODES = ["required", "preferred", "off"] as const;

export type SandboxMode = (typeof SANDBOX_MODES)[number];

/** What the configuration says of the sandbox of all agents, or of one. What is absent is left to the other, or the defaults. */
export interface SandboxOptions {
  readonly mode?: SandboxMode;
  /** Addresses of the only servers that agents reach. Default: those of the agent's preset. */
  readonly endpoints?: readonly string[];
  /** Files and folders that agents may read besides the project: absolute, `~/…`, or relative to the project. */
  readonly read?: readonly string[];
  /** Folders that agents may change besides that of the attempt; as `read`. */
  readonly write?: readonly string[];
  /** Files and folders of the project that agents must not see. */
  readonly hide?: readonly string[];
}

/** What holds for the sandbox of one agent. */
export interface SandboxSettings {
  readonly mode: SandboxMode;
  /** Undefined: those of the agent's preset. */
  readonly endpoints: readonly string[] | undefined;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly hide: readonly string[];
}

/** What commands that check work are called where sandboxes are told of. */
export const CHECKS = "VERIFY commands and tests";

export const DEFAULT_SANDBOX_MODE: SandboxMode = "preferred";

/** The agent's own options over those of all: its mode and endpoints replace them, its paths are added. */
export const sandboxFor = (all: SandboxOptions, own: SandboxOptions = {}): SandboxSettings => ({
  mode: own.mode ?? all.mode ?? DEFAULT_SANDBOX_MODE,
  endpoints: own.endpoints ?? all.endpoints,
  read: [...(all.read ?? []), ...(own.read ?? [])],
  write: [...(all.write ?? []), ...(own.write ?? [])],
  hide: [...(all.hide ?? []), ...(own.hide ?? [])],
});
