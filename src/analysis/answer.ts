import type { Finding } from "./model.ts";

/** What `wavegate analyze` answers. */
export interface AnalyzeAnswer {
  readonly plans: readonly {
    /** Unique among them. */
    readonly name: string;
    readonly file: string;
    readonly title: string;
  }[];
  /** Plans that could not be read, and why. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[];
  /** Absolute path of the repository that the plans lie in, and all paths start from; null for the user's project. */
  readonly repository: string | null;
  /** Whether there are more files than are looked for: plans of the folders named may be missing. */
  readonly more: boolean;
  readonly findings: readonly Finding[];
  /** The HTML page that was written, if one was asked for. */
  readonly page?: string;
  /** Files of findings, where they were asked for. */
  readonly written: readonly WrittenFinding[];
  /** What S4's plan asks, and where it is answered, where ticks were asked for. */
  readonly ticks: readonly TickedTask[];
}

export interface WrittenFinding {
  readonly path: string;
  /** `rewritten`: an analysis had written it before; `kept`: what is there no analysis wrote, or somebody changed it since. */
  readonly outcome: "written" | "rewritten" | "unchanged" | "kept";
}

/** A task of S4's analysis plan, or a verification with all its criteria. */
export interface S4Answer {
  readonly key: string;
  readonly text: string;
  /** Name of the finding that answers it; null where none does. */
  readonly finding: string | null;
  /** Why it is not answered; null where it is. */
  readonly missing: string | null;
}

export interface TickedTask extends S4Answer {
  /** `was`: it was done before; `left`: it stays as it is, as `missing` says why. */
  readonly outcome: "ticked" | "was" | "left";
}
