import { oneLine } from "../../core/text.ts";
import { shellWord } from "../../core/shell-word.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export interface LandFlags extends CommonFlags {
  readonly onto?: string;
  readonly point?: string;
}

const BRANCHES = "refs/heads/";
const short = (branch: string): string =>
  oneLine(branch.startsWith(BRANCHES) ? branch.slice(BRANCHES.length) : branch, 120);

/** Bring what a run has landed on its own branch over to a branch of yours, forward only. */
export async function land(this: Cli, flags: LandFlags, run: string): Promise<void> {
  const { onto, point } = flags;
  const app = await this.app();
  const landed = await app.executions.land({
    run,
    by: this.io.user,
    ...(onto !== undefined && { onto }),
    ...(point !== undefined && { point }),
  });
  const { runId, branch, from, to, commits, tree, uncommitted } = landed;
  printResult(this, flags, {
    json: landed,
    lines: () => [
      ...(commits === 0
        ? [`${short(branch)} has all of run ${runId} already, at ${to.slice(0, 10)}.`]
        : [
            `${short(branch)} is moved from ${from.slice(0, 10)} to ${to.slice(0, 10)}: ${commits} ${commits === 1 ? "commit" : "commits"} of run ${runId}.`,
            ...(tree === null ? [] : [`Its working tree ${oneLine(tree, 300)} is brought along.`]),
          ]),
      ...(uncommitted.length === 0 ? [] : commitLines(runId, uncommitted)),
    ],
  });
}

/** The run commits what agents did, and leaves what it wrote itself to whoever uses it. Whatever else is staged stays out of it. */
function commitLines(runId: string, paths: readonly string[]): readonly string[] {
  const words = paths.map(shellWord).join(" ");
  const message = shellWord(`How the plan stands after run ${runId}`);
  return [
    "How the plan stands (ticks, status, findings) is not committed. Commit it with:",
    `  git add -- ${words} && git commit -m ${message} -- ${words}`,
  ];
}
