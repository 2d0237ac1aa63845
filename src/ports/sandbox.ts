import type { SandboxMode } from "../stage/sandbox/sandbox-settings.ts";

/** A program as it is started: without a shell, with exactly this environment. */
export interface ProgramStart {
  /** Absolute. */
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A clone that a program works in (PX-06), for a task of a plan. */
export interface SandboxClone {
  /** Shown in place of the user's project, of which nothing is seen. `start.cwd` is this folder or lies in it. */
  readonly folder: string;
  /** Whether it may be changed. */
  readonly writable: boolean;
  /** Folders that are shown as they are, for reading: the user's objects. */
  readonly readable: readonly string[];
}

export interface SandboxRequest {
  readonly start: ProgramStart;
  /** Default: the program reads the user's project. */
  readonly clone?: SandboxClone;
  /** Existing folders that it may change, besides those of the configuration: above all the attempt's. */
  readonly writable: readonly string[];
  /** Files and folders it may read besides its working folder and its own installation. */
  readonly readable: readonly string[];
  /** Whether it gets to the endpoints of its configuration; to anything else it never gets. */
  readonly network: boolean;
}

/** How a program is to be started. */
export type Placed =
  | {
      readonly kind: "inside";
      /** The sandbox's own program, which starts the given one: its first two processes are the sandbox, and no signal but SIGKILL is for them. */
      readonly start: ProgramStart;
      /** To be called once, when every process is gone: ends what served it outside. */
      readonly release: () => Promise<void>;
    }
  | {
      readonly kind: "outside";
      /** Why, as the end of a sentence; undefined where no sandbox is wanted. */
      readonly reason: string | undefined;
    }
  /** It must not be started. */
  | { readonly kind: "refused"; readonly reason: string; readonly hint: string };

/** What programs of an agent are started in. */
export interface SandboxState {
  readonly mode: SandboxMode;
  /** What holds them, e.g. `bubblewrap 0.8.0`; undefined where nothing does. */
  readonly by: string | undefined;
  /** Why there is none although one is wanted, and what to do. */
  readonly missing: { readonly reason: string; readonly hint: string } | undefined;
}

/**
 * Where the programs of one agent run (AG-04). An adapter of agents asks it for every program that it starts, and starts what
 * it is given. It never starts anything for an agent itself, and says the same of the same machine within a minute.
 */
export interface Sandbox {
  state(): Promise<SandboxState>;
  place(request: SandboxRequest): Promise<Placed>;
}
