import { oneLine } from "../core/text.ts";
import type { CheckEvidence, WorkEvidence } from "./evidence.ts";
import type { FileChange } from "./file-change.ts";
import { ownProtection, protectedKind } from "./protected-changes.ts";
import type { TaskEvent } from "./task-event.ts";
import type { FailureReason, Question } from "./task-state.ts";
import type { WriteBounds } from "./write-bounds.ts";

/** What is known of an attempt that came to its end, all of it found out by us: what the agent says of itself counts for nothing. */
export interface ResultFacts {
  readonly attempt: number;
  /** How the agent ended; a failure of it otherwise (`timeout`, `crashed`, …). */
  readonly ending:
    | { readonly kind: "ended" }
    | { readonly kind: "failed"; readonly reason: FailureReason; readonly again: boolean };
  readonly changes: readonly FileChange[];
  /** Bytes of all changed files together. */
  readonly changedBytes: number;
  /** Files that the repository had before. */
  readonly filesBefore: number;
  /** Undefined where the plan declares nothing that the task writes. */
  readonly bounds: WriteBounds | undefined;
  /** A task that changes nothing: an analysis, a check. */
  readonly readOnly: boolean;
  /** A task that asks for a check, which commands make: it is done without a change if they pass. Default: a change or an output is needed. */
  readonly mayChangeNothing?: boolean;
  /** Plan and status files, which only the run itself writes (PX-08). */
  readonly kept: readonly string[];
  readonly outputs: readonly {
    readonly name: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
  readonly checks: readonly CheckFact[];
  /** Paths that the configuration protects (`ExecutionSettings.protect`). */
  readonly protect?: readonly string[];
  /** Paths that a person let through. */
  readonly shown: readonly string[];
  /** Files that the plan declares and that the result has not. */
  readonly absent?: readonly string[];
}

/** A check that was to be made: by us, or of prose by an agent that did not do the work. */
export interface CheckFact {
  readonly name: string;
  readonly by: CheckEvidence["by"];
  readonly command?: string;
  readonly outcome: "passed" | "failed" | "not-run";
  /** What shows it, in a line. */
  readonly shown: string;
}

export type Judgement =
  | { readonly verdict: "good"; readonly evidence: WorkEvidence; readonly lands: boolean }
  | { readonly verdict: "failed"; readonly reason: FailureReason; readonly again: boolean }
  | { readonly verdict: "ask"; readonly question: Question };

/** More than this is no work of one task; all ours. */
export const RESULT_LIMITS = {
  files: 5_000,
  bytes: 100_000_000,
  /** A result that deletes more than this part of the repository is shown first, from so many files on. */
  deletedShare: 0.5,
  deletedFrom: 20,
} as const;

/** Paths and lines that are named in a message. */
const NAMED = 20;

/**
 * Whether an attempt did its task (I-38, PX-08): "done" and exit code 0 prove nothing. What fails is tried again with the reason; what
 * only a person can let pass is asked, before anything of it is run.
 */
export function judgeResult(facts: ResultFacts): Judgement {
  if (facts.ending.kind === "failed")
    return { verdict: "failed", reason: facts.ending.reason, again: facts.ending.again };
  return tooMuch(facts) ?? notAllowed(facts) ?? askedFor(facts) ?? notDone(facts) ?? good(facts);
}

/** The event that a judgement is. */
export function eventOf(judgement: Judgement): TaskEvent {
  switch (judgement.verdict) {
    case "good":
      return { kind: judgement.lands ? "accepted" : "completed", evidence: judgement.evidence };
    case "failed":
      return { kind: "failed", reason: judgement.reason, again: judgement.again };
    case "ask":
      return { kind: "asked", question: judgement.question };
  }
}

function tooMuch({ changes, changedBytes }: ResultFacts): Judgement | undefined {
  const { files, bytes } = RESULT_LIMITS;
  if (changes.length <= files && changedBytes <= bytes) return undefined;
  return failed("output-limit", "The result is larger than one task's work may be.", [
    `${changes.length} files of at most ${files}`,
    `${changedBytes} bytes of at most ${bytes}`,
  ]);
}

function notAllowed(facts: ResultFacts): Judgement | undefined {
  const { changes, readOnly, kept } = facts;
  const keptPaths = new Set(kept);
  const touched = pathsOf(changes).filter((path) => keptPaths.has(path));
  const guarded = pathsOf(guardedIn(facts, changes).map(({ change }) => change));
  if (touched.length > 0)
    return failed(
      "kept-files-changed",
      "The attempt changed files of the plan, which only the run itself writes.",
      // also what a person would be asked about next, so that whoever tries again knows of it
      named([...new Set([...touched, ...guarded, ...outsideOf(facts, changes)])]),
    );
  if (!readOnly || changes.length === 0) return undefined;
  return failed(
    "read-only-changed",
    "The task only reads, and files were changed.",
    named(pathsOf(changes)),
  );
}

function askedFor(facts: ResultFacts): Judgement | undefined {
  const { changes, shown, filesBefore } = facts;
  const isShown = new Set(shown);
  const open = changes.filter(({ path, from }) => !isShown.has(path) || !isShownToo(isShown, from));
  const guarded = guardedIn(facts, open);
  const [first] = guarded;
  if (first)
    return ask("protected-change", {
      message: `${oneLine(first.change.path, 120)} ${first.kind.words}${more(guarded.length)}.`,
      paths: pathsOf(guarded.map(({ change }) => change)),
    });
  const deleted = open.filter(({ change }) => change === "deleted");
  const { deletedShare, deletedFrom } = RESULT_LIMITS;
  if (deleted.length >= deletedFrom && deleted.length > filesBefore * deletedShare)
    return ask("protected-change", {
      message: `${deleted.length} of ${filesBefore} files were deleted.`,
      paths: pathsOf(deleted),
    });
  const outside = outsideOf(facts, open);
  const [path] = outside;
  if (path === undefined) return undefined;
  return ask("outside-declared", {
    message: `${oneLine(path, 120)} is not among what the task declares to change${more(outside.length)}.`,
    paths: outside,
  });
}

function guardedIn({ protect = [] }: ResultFacts, changes: readonly FileChange[]) {
  const own = protect.length > 0 ? ownProtection(protect) : undefined;
  return changes.flatMap((change) => {
    const kind = protectedKind(change, own);
    return kind ? [{ change, kind }] : [];
  });
}

const outsideOf = (
  { bounds, shown }: ResultFacts,
  changes: readonly FileChange[],
): readonly string[] =>
  bounds ? pathsOf(changes).filter((path) => !bounds.allows(path) && !shown.includes(path)) : [];

const isShownToo = (shown: ReadonlySet<string>, path: string | undefined) =>
  path === undefined || shown.has(path);

const more = (count: number) => (count > 1 ? ` (and ${count - 1} more)` : "");

function notDone({
  changes,
  outputs,
  checks,
  mayChangeNothing,
}: ResultFacts): Judgement | undefined {
  const made = outputs.some(({ bytes }) => bytes > 0);
  if (changes.length === 0 && !made && mayChangeNothing !== true)
    return failed("nothing-done", "The attempt changed no file and made no output.", []);
  const bad = checks.filter(({ outcome }) => outcome !== "passed");
  const [check] = bad;
  if (!check) return undefined;
  const how = check.outcome === "failed" ? "did not pass" : "was not run";
  return failed(
    "not-verified",
    `${oneLine(check.name, 120)} ${how}.`,
    bad.slice(0, NAMED).map(({ name, shown }) => oneLine(`${name}: ${shown}`, 400)),
  );
}

function good(facts: ResultFacts): Judgement {
  const { attempt, changes, bounds, outputs, checks, shown, absent = [] } = facts;
  const changed = pathsOf(changes);
  const isChanged = new Set(changed);
  // what it deleted or moved is not missing
  const missing = absent.filter((path) => !isChanged.has(path));
  return {
    verdict: "good",
    lands: changes.length > 0,
    evidence: {
      kind: "work",
      attempt,
      changed,
      shown: shown.filter((path) => isChanged.has(path)).toSorted(),
      declared: bounds !== undefined,
      ...(missing.length > 0 && { missing: missing.slice(0, NAMED) }),
      outputs: outputs.map(({ name, sha256 }) => ({ name, sha256 })),
      checks: checks.map((check) => ({
        name: check.name,
        by: check.by,
        ...(check.command !== undefined && { command: check.command }),
        outcome: check.shown,
      })),
    },
  };
}

/** All paths of changes, both of a renamed file, each once, sorted. */
const pathsOf = (changes: readonly FileChange[]): readonly string[] =>
  [...new Set(changes.flatMap(({ path, from }) => (from === undefined ? [path] : [from, path])))]
    // by code units, the same on every machine
    .toSorted();

const named = (paths: readonly string[]) => paths.slice(0, NAMED).map((path) => oneLine(path, 200));

const failed = (kind: string, message: string, details: readonly string[]): Judgement => ({
  verdict: "failed",
  again: true,
  reason: { kind, message, details },
});

const ask = (
  kind: Question["kind"],
  { message, paths }: Pick<Question, "message" | "paths">,
): Judgement => ({ verdict: "ask", question: { kind, message, paths } });
