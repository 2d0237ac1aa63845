import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Json } from "../../core/json.ts";

/** Paths are relative to the project's folder in the clone. */
type Edit =
  /** A file as a whole. */
  | { readonly write: string; readonly text: string }
  | { readonly append: string; readonly text: string }
  /** A part that the file has exactly once, replaced, or with something after it. Where it has not, the puppet fails. */
  | { readonly replace: string; readonly find: string; readonly text: string }
  | { readonly after: string; readonly find: string; readonly text: string }
  | { readonly delete: string }
  | { readonly move: string; readonly to: string }
  | { readonly link: string; readonly to: string }
  | { readonly executable: string }
  /** All files of a folder that lies beside the script. */
  | { readonly tree: string };

/** What agents do that they must not. Where something holds it, that is printed, and the work goes on. */
export type PuppetFault =
  | {
      readonly fault: /** Commits what is there. */
        | "commit"
        /** Commits on a branch of its own, and stays there. */
        | "commit-elsewhere"
        /** Puts a new history in place of the clone's. */
        | "rewrite-git"
        | "remove-git"
        /** Pushes into the user's repository, by the path of its objects. */
        | "push"
        /** Writes into the user's tree and git configuration. */
        | "change-project"
        /** Deletes every file. */
        | "delete-all"
        /** Ticks every box of `docs/plans`. */
        | "tick-plans"
        /** Makes a repository in the clone; `submodule`: and adds it as one. */
        | "nest"
        | "submodule"
        /** Makes symbolic links that lead out of the clone. */
        | "link-out"
        /** Leaves a process running that writes into the clone and ignores SIGTERM. */
        | "daemon"
        /** Ignores SIGTERM from now on. */
        | "ignore-end";
    }
  /** Has git start a program, in whoever runs it in the clone with the clone's configuration, that appends to this file. */
  | { readonly fault: "traps"; readonly witness: string }
  | { readonly fault: "write-outside"; readonly path: string }
  | { readonly fault: "many-files"; readonly count: number }
  /** Of so many bytes, without taking room on the disk. */
  | { readonly fault: "big-file"; readonly bytes: number };

/** One thing that the puppet does. */
export type PuppetStep =
  | Edit
  | PuppetFault
  /** A program, without a shell; unless `anyway`, the puppet ends as it does when it fails. */
  | { readonly run: readonly string[]; readonly anyway?: boolean }
  | { readonly print: string }
  /** What it ends with: a report on its task. */
  | {
      readonly report: {
        readonly summary: string;
        readonly issues?: readonly { readonly problem: string; readonly resolution: string }[];
        readonly deviations?: readonly string[];
        readonly notes?: readonly string[];
      };
    }
  /** What it ends with: any other answer. */
  | { readonly answer: Json }
  /** Milliseconds. */
  | { readonly wait: number }
  | { readonly exit: number }
  /** Send itself a signal. */
  | { readonly kill: NodeJS.Signals }
  /** Never end. */
  | { readonly hang: true };

/** Steps, done in order; by attempt, where they differ: the last ones count for all later attempts. */
export type PuppetPart =
  | readonly PuppetStep[]
  | { readonly attempts: readonly (readonly PuppetStep[])[] };

/** What the puppet does, by key of the task or verification. */
export interface PuppetScript {
  readonly tasks: Readonly<Record<string, PuppetPart>>;
  /** For those that are not listed. Default: it ends with exit code 3. */
  readonly otherwise?: PuppetPart;
}

/**
 * The command line of a coding agent that carries out plans by a script, a file of JSON (`PuppetScript`): real edits by a real program,
 * the same on every machine, at no cost. It is told its task by WAVEGATE_ROLE and its attempt by the prompt on its standard input. `log` names
 * a file in which it notes when it starts and ends each task, a line of JSON each.
 */
export function puppetCoderCommand(
  script: string,
  { log }: { readonly log?: string } = {},
): readonly [string, ...string[]] {
  const built = import.meta.url.endsWith(".js");
  const file = fileURLToPath(new URL(built ? "program.js" : "program.ts", import.meta.url));
  const program = built ? [file] : ["--input-type=module", "--eval", readFileSync(file, "utf8")];
  const more = log === undefined ? [] : [`--log=${log}`];
  return [process.execPath, ...program, "--", script, ...more];
}
