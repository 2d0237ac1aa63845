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
  readonly findings: readonly Finding[];
  /** The HTML page that was written, if one was asked for. */
  readonly page?: string;
}
