import type { openApp } from "../../src/bootstrap/open-app.ts";
import type { connectDatabase } from "../../src/bootstrap/open-database.ts";
import type { Row } from "./rows.mjs";

export interface RowEnd {
  readonly outcome: string;
  readonly state: string;
  readonly calls: number;
  readonly durationMs: number;
  /** Of the whole run, in milliseconds. */
  readonly runMs: number;
  /** The answer that was kept. */
  readonly told: string;
  /** `prompt.md` of the first attempt, and what `wavegate prompts show` says of it. */
  readonly sent?: string;
  readonly toSend?: string;
  /** Lines of progress and events. */
  readonly shown: readonly string[];
  readonly extraBytes: number;
  readonly survivors: number;
  /** Files that were left where the agent must not write. */
  readonly injected: number;
  readonly killMs?: number;
}

export interface FaultProject {
  readonly folder: string;
  run(row: Row): Promise<RowEnd>;
  gate(): Promise<{ readonly runId: string; readonly digest: string }>;
  leakedFiles(): readonly string[];
  leakedRows(): Promise<{ readonly rows: number; readonly leaked: readonly string[] }>;
  leaks(text: string): boolean;
  remove(): void;
}

export function createFaultProject(
  rows: readonly Row[],
  options: {
    readonly openApp: typeof openApp;
    readonly connectDatabase: typeof connectDatabase;
    readonly cli?: string;
    readonly modelUrl?: string;
  },
): FaultProject;
