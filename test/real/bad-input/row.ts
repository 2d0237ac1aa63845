import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ErrorCode } from "../../../src/core/error.ts";
import type { FilePlace } from "../../../src/core/place.ts";
import { lastJson, type createCliHarness, type Outcome } from "../cli-harness.ts";

type Harness = ReturnType<typeof createCliHarness>;

/** One bad input: what a user has and does, and what must come of it. */
export interface Row {
  readonly name: string;
  /** Files of the project besides `specs/good/spec.md`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** The command that goes wrong; or all that leads to it, with its outcome. */
  readonly act: readonly string[] | ((project: Project) => Promise<Outcome>);
  readonly exit: 1 | 2 | 4 | 5;
  /** Of the error or of what holds the run; none where the run just waits at its gate. */
  readonly code?: ErrorCode;
  readonly place?: FilePlace;
  /** In the message, or in what the gate says to be incomplete. */
  readonly says?: RegExp;
  /** All problems of the file, by code and line. */
  readonly problems?: readonly string[];
  /** What must hold afterwards, besides that the project's files are what they were. */
  readonly then?: (project: Project, outcome: Outcome) => Promise<void>;
  /** The row itself writes files of the project. */
  readonly writes?: true;
  /** Nothing must have been started: no state folder is there. */
  readonly startsNothing?: true;
  /** Rows that leave a run as it is share one that waits at its gate. */
  readonly shares?: true;
  readonly env?: Readonly<Record<string, string>>;
  /** The project lies on a disk of 3 MB. */
  readonly smallDisk?: true;
  /** Why it can't be tried here. */
  readonly skip?: () => string | undefined;
}

/** A project of its own for one row; all rows share a database. */
export interface Project {
  readonly folder: string;
  readonly write: (file: string, content: string | Uint8Array) => string;
  readonly run: (args: readonly string[]) => Promise<Outcome>;
  /** Contents by path, without the state folder. */
  readonly files: () => Readonly<Record<string, string>>;
  /** Files of a run, by path. */
  readonly kept: (run: string) => readonly string[];
  /** Plan the good spec until it waits at its gate. */
  readonly toGate: () => Promise<{ readonly run: string; readonly digest: string }>;
}

export function projectAt(cli: Harness, folder: string, env: Row["env"] = {}): Project {
  const run = (args: readonly string[]) => cli.run(args, { cwd: folder, env });
  return {
    folder,
    run,
    write: (file, content) => cli.writeIn(folder, file, content),
    files: () => withoutState(filesBelow(folder)),
    kept: (runId) => Object.keys(filesBelow(path.join(folder, ".wavegate/runs", runId))),
    toGate: async () => {
      const { runId, gate } = runIn(await run(["plan", "specs/good", "--json"]));
      if (!gate) throw new Error("the run is at no gate");
      return { run: runId, digest: gate.digest };
    },
  };
}

function filesBelow(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) files[path.relative(folder, file)] = readFileSync(file, "latin1");
  }
  return files;
}

const withoutState = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).filter(([file]) => !file.startsWith(".wavegate")));

/** A run as `--json` shows it, as far as rows look at it. */
export interface ShownRun {
  readonly runId: string;
  readonly state: string;
  readonly gate?: {
    readonly digest: string;
    readonly round: number;
    readonly notice: string | null;
    readonly figures: { readonly partial: readonly string[] };
  };
  readonly hold?: {
    readonly code: ErrorCode;
    readonly reason: string;
    readonly failures: readonly string[];
    readonly hint: string;
  };
}

export function runIn(outcome: Outcome): ShownRun {
  const { run } = lastJson(outcome) as { readonly run?: ShownRun };
  if (!run) throw new Error(`no run in: ${outcome.stdout.slice(-2_000)}`);
  return run;
}

/** What went wrong, by whichever way it was told. */
export interface Trouble {
  readonly code: ErrorCode | undefined;
  readonly text: string;
  readonly hint: string | undefined;
  readonly place: FilePlace | undefined;
  readonly problems: readonly string[];
}

export function troubleIn(outcome: Outcome): Trouble {
  const { error, run } = lastJson(outcome) as {
    readonly error?: {
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string;
      readonly place: FilePlace | null;
      readonly diagnostics: readonly { readonly code: string; readonly place: FilePlace }[];
    };
    readonly run?: ShownRun;
  };
  if (error) {
    const { code, message: text, hint, place, diagnostics } = error;
    const problems = diagnostics.map((each) => `${each.code}:${each.place.line}`);
    return { code, text, hint, place: place ?? undefined, problems };
  }
  const { hold, gate } = run ?? {};
  const said = hold
    ? [hold.reason, ...hold.failures]
    : [gate?.notice ?? "", ...(gate?.figures.partial ?? [])];
  const text = said.join("\n");
  return { code: hold?.code, text, hint: hold?.hint, place: undefined, problems: [] };
}
