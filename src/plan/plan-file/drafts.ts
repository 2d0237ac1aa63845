import type { Folded } from "../../core/markdown/folded.ts";
import type { SourceLine } from "../../core/markdown/source-lines.ts";
import type { Box, Criterion, UpstreamPlan } from "../model.ts";
import type { Problems } from "./source.ts";

/** A task while the file is read; what it names is looked up when all tasks are known. */
export interface DraftTask {
  readonly key: string;
  readonly id: string | undefined;
  readonly line: SourceLine;
  readonly box: Box | undefined;
  readonly text: string;
  /** Where the words behind id and labels begin in the line. */
  readonly textAt: number;
  readonly details: SourceLine[];
  readonly phase: DraftPhase | undefined;
  readonly parent: DraftTask | undefined;
  readonly verifies: boolean;
  /** What a `VERIFY` box names: `1.2`. */
  readonly subject: string | undefined;
  readonly labels: readonly string[];
}

/** Words at a place, to be read when all is known. */
export interface Words {
  readonly line: SourceLine;
  readonly at: number;
}

export interface DraftPhase {
  readonly key: string;
  readonly number: string;
  readonly title: string;
  readonly line: SourceLine;
  readonly level: number;
  /** `[PARALLEL]` in the heading. */
  readonly parallel: boolean;
  /** Lines that may say what the whole phase waits for: its heading, and fields below. */
  readonly waits: Words[];
  readonly starts: Words[];
  objective: string | undefined;
  effort: (Words & { readonly text: string }) | undefined;
}

export interface DraftVerification {
  /** What it names: `1`, `1.2`; undefined for the phase it stands in, or for the plan outside of phases. */
  readonly subject: string | undefined;
  /** Phase it stands in. */
  readonly phase: DraftPhase | undefined;
  readonly line: SourceLine;
  readonly at: number;
  readonly title: string;
  readonly blocking: boolean;
  readonly criteria: Criterion[];
  readonly commands: string[];
}

export interface DraftNote {
  readonly words: Folded;
  /** The note's lines as they are, as the original sees them. */
  readonly raw: string;
  readonly line: SourceLine;
  readonly phase: DraftPhase | undefined;
}

/** All that one pass over the file finds. */
export interface Drafts {
  title: string;
  readonly phases: DraftPhase[];
  readonly tasks: DraftTask[];
  readonly verifications: DraftVerification[];
  readonly notes: DraftNote[];
  readonly upstream: UpstreamPlan[];
  readonly problems: Problems;
}
