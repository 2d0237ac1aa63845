import type { Score } from "../spec/scores/score.ts";

/** A file of the project. `text` is absent where it is binary, too large or left out; then it only counts. */
export interface RepositoryFile {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly bytes: number;
  readonly text?: string;
}

/** Files that were not read, with the reason; `examples` are a few of their paths. */
export interface LeftOut {
  readonly reason: string;
  readonly count: number;
  readonly examples: readonly string[];
}

/** What a look at the project's files gave. */
export interface RepositoryListing {
  readonly source: "git" | "walk";
  /** Why git was not asked, where it was not; otherwise null. */
  readonly note: string | null;
  /** Whether every file is listed; a missing one then is known not to exist. */
  readonly complete: boolean;
  readonly files: readonly RepositoryFile[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * What a link rests on: the file names the id (`id`), a task that carries the id names the file (`task`), or they share
 * words or the mention may be another feature's (`guess`).
 */
export type Basis = "id" | "task" | "guess";

export interface Evidence {
  readonly path: string;
  /** 1-based; null for the whole file. */
  readonly line: number | null;
  readonly basis: Basis;
}

export interface NamedFile {
  readonly path: string;
  /** Null where it cannot be known: the list of files is not whole, or such files are never listed. */
  readonly exists: boolean | null;
}

/** A task of `tasks.md`, `plan.md` or `implementation_plan.md`. */
export interface TaskFact {
  /** As written, `T012` or `1.2`; `line 12` where it has none. */
  readonly id: string;
  readonly document: string;
  readonly line: number;
  readonly text: string;
  readonly done: boolean;
  readonly requirements: readonly string[];
  readonly stories: readonly string[];
  readonly dependsOn: readonly string[];
  readonly files: readonly NamedFile[];
}

/** One requirement or success criterion with all that carries it. */
export interface TraceRow {
  readonly id: string;
  readonly kind: "requirement" | "criterion";
  readonly line: number;
  readonly text: string;
  /** Tasks by `document id`; those whose basis is not `id` are guesses. */
  readonly tasks: readonly { readonly task: string; readonly basis: "id" | "guess" }[];
  /** Whether all tracked tasks that name the id are ticked; null without such tasks. */
  readonly done: boolean | null;
  readonly files: readonly Evidence[];
  readonly tests: readonly Evidence[];
}

export interface Traceability {
  readonly rows: readonly TraceRow[];
  /** Whether any source or test names any id of the spec: if none does, that one is not named says nothing. */
  readonly idsInUse: boolean;
  /** Other specs of the repository that define some of the same ids; a mention may then mean theirs. */
  readonly sharedWith: readonly string[];
}

/** A ticked task that the repository speaks against. */
export interface UnprovenTask {
  readonly task: string;
  readonly document: string;
  readonly line: number;
  readonly text: string;
  /** Files that it names and that are not there. */
  readonly missing: readonly string[];
  /** How many files it names. */
  readonly named: number;
}

export interface OpenMarker {
  readonly document: string;
  readonly line: number;
  readonly question: string;
}

export interface FoundSecret {
  readonly path: string;
  readonly line: number;
  readonly shape: string;
  /** Beginning that the shape has in public, and the length; never the secret. */
  readonly masked: string;
  readonly within: "source" | "test" | "document";
}

export interface Secrets {
  readonly filesScanned: number;
  readonly found: readonly FoundSecret[];
  /** Files that hold secrets by what they are: `.env`, private keys. */
  readonly keyFiles: readonly string[];
}

export interface Dependency {
  readonly name: string;
  readonly version: string;
}

export interface Lockfile {
  readonly path: string;
  readonly ecosystem: "npm" | "python" | "rust" | "go" | "ruby" | "php";
  readonly packages: readonly Dependency[];
  /** Packages that are fetched over plain http. */
  readonly unencrypted: readonly string[];
  /** Why it could not be read, or null. */
  readonly problem: string | null;
}

export interface CoverageFile {
  readonly path: string;
  readonly format: "lcov" | "cobertura" | "summary";
  readonly linesCovered: number;
  readonly linesTotal: number;
  /** 0 to 100; null where there is no line or the file could not be read. */
  readonly percent: number | null;
  readonly problem: string | null;
  /** The files with most uncovered lines. */
  readonly worst: readonly {
    readonly path: string;
    readonly covered: number;
    readonly total: number;
  }[];
}

export interface ConstitutionRule {
  readonly line: number;
  readonly text: string;
  readonly verdict: "holds" | "broken" | "not decided";
  /** What was looked at, or why nothing could be. */
  readonly reason: string;
  readonly places: readonly string[];
}

export interface Contradiction {
  readonly kind: "unknown-id" | "spelling" | "number" | "entity-missing";
  readonly document: string;
  readonly line: number | null;
  readonly ids: readonly string[];
  readonly message: string;
  /** The line that it is about, cut. */
  readonly quote: string;
}

/** Counted properties of the source; lines are those that are not empty. */
export interface DebtFacts {
  readonly sourceFiles: number;
  readonly sourceLines: number;
  readonly testFiles: number;
  readonly testLines: number;
  /** `TODO`, `FIXME`, `HACK`, `XXX` in comments of source and tests. */
  readonly markers: number;
  /** Comments that switch a linter or type checker off. */
  readonly suppressions: number;
  /** Source lines in files with more than 500 of them. */
  readonly linesInLongFiles: number;
  readonly longFiles: readonly string[];
  /** Of lockfile, CI, README, linter or formatter. */
  readonly missing: readonly string[];
}

/** A hole of a pinned package that others know of. */
export interface KnownHole {
  readonly lockfile: string;
  readonly package: string;
  /** As the tool weighs it; null where it does not. */
  readonly severity: "low" | "medium" | "high" | "critical" | null;
  readonly title: string;
  /** Versions that have it: a range, or the one that is pinned. */
  readonly affected: string;
  /** Where to read of it: an address, or its id. */
  readonly source: string;
  /** Whether the project asks for the package itself; null where the tool does not say. */
  readonly direct: boolean | null;
  /** What mends it, as the tool says; null where nothing does yet. */
  readonly fix: string | null;
}

/** What an audit of the dependencies said. */
export interface Audit {
  /** Whether every lockfile was audited. */
  readonly done: boolean;
  /** By what, or why not. */
  readonly note: string;
  readonly holes: readonly KnownHole[];
}

/** Everything that was measured (QR-02). Plain JSON. */
export interface RepositoryFacts {
  readonly version: 1;
  /** Null when no repository was looked at. */
  readonly scanned: {
    readonly source: "git" | "walk";
    readonly note: string | null;
    readonly complete: boolean;
    readonly files: number;
    readonly bytes: number;
    readonly leftOut: readonly LeftOut[];
  } | null;
  readonly tasks: readonly TaskFact[];
  readonly traceability: Traceability;
  readonly unproven: readonly UnprovenTask[];
  readonly markers: readonly OpenMarker[];
  readonly secrets: Secrets;
  readonly lockfiles: readonly Lockfile[];
  readonly audit: Audit;
  readonly coverage: readonly CoverageFile[];
  readonly constitution: readonly ConstitutionRule[];
  readonly contradictions: readonly Contradiction[];
  readonly debt: { readonly facts: DebtFacts; readonly score: Score };
  /** What was cut from this document, by list, so that it stays small. */
  readonly cut: Readonly<Record<string, number>>;
}
