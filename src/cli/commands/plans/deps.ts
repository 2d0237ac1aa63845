import { WavegateError } from "../../../core/error.ts";
import type { DepsAnswer } from "../../../plan/answers/deps-answer.ts";
import { depsDot, depsMermaid } from "../../../reporters/plans/deps-drawing.ts";
import { depsLines, edgeLines } from "../../../reporters/plans/deps-lines.ts";
import { depsMarkers } from "../../../reporters/plans/markers.ts";
import type { Style } from "../../../reporters/style.ts";
import type { Cli } from "../../cli.ts";
import { wishOf } from "./like-original.ts";
import { printAnswer, type AnswerFlags } from "./print-answer.ts";

export interface DepsFlags extends AnswerFlags {
  /** True lists guessed edges, false leaves them out. */
  readonly inferred?: boolean;
  readonly rule: "barriers" | "dag";
  readonly mermaid: boolean;
  readonly dot: boolean;
}

/** Show the graph of a plan. Needs no database. */
export async function deps(this: Cli, flags: DepsFlags, plan?: string): Promise<void> {
  const forms = [flags.mermaid, flags.dot, flags.json || flags.format !== undefined];
  if (forms.filter(Boolean).length > 1)
    throw new WavegateError("USAGE", "--mermaid, --dot, --json and --format exclude each other.", {
      hint: "Give one of them.",
    });
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.deps({ ...wishOf(plan, flags.inferred !== false), rule: flags.rule }),
    lines: linesFor(flags),
    markers: depsMarkers,
    plan,
    complete: ({ nodes }) =>
      nodes.every(({ kind, state }) => kind !== "task" || state === "done" || state === "skipped"),
  });
}

function linesFor({ mermaid, dot, inferred }: DepsFlags) {
  if (mermaid) return depsMermaid;
  if (dot) return depsDot;
  if (inferred !== true) return depsLines;
  return (answer: DepsAnswer, style: Style) => {
    const guessed = answer.edges.filter(({ origin }) => origin === "inferred");
    return guessed.length === 0 ? ["No dependency is guessed."] : edgeLines(guessed, style);
  };
}
