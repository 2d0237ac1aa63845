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
    async answer() {
      const all = await plans.deps({ ...wishOf(plan, flags.inferred !== false), rule: flags.rule });
      return flags.inferred === true ? withGuessed(all) : all;
    },
    lines: linesFor(flags),
    markers: depsMarkers,
    plan,
    complete: ({ nodes }) =>
      nodes.every(({ kind, state }) => kind !== "task" || state === "done" || state === "skipped"),
  });
}

/** With the guessed edges alone. All else is of the whole graph. */
const withGuessed = (answer: DepsAnswer): DepsAnswer => ({
  ...answer,
  edges: answer.edges.filter(({ origin }) => origin === "inferred"),
});

function linesFor({ mermaid, dot, inferred }: DepsFlags) {
  if (!mermaid && !dot) return inferred === true ? guessLines : depsLines;
  const draw = mermaid ? depsMermaid : depsDot;
  return inferred === true ? (answer: DepsAnswer) => draw(drawable(answer)) : draw;
}

const guessLines = ({ edges }: DepsAnswer, style: Style): readonly string[] =>
  edges.length === 0 ? ["No dependency is guessed."] : edgeLines(edges, style);

/** The edges, also those that others imply, which are not drawn, and what they join. */
function drawable(answer: DepsAnswer): DepsAnswer {
  const joined = new Set(
    answer.edges.flatMap(({ dependency, dependent }) => [dependency, dependent]),
  );
  return {
    ...answer,
    nodes: answer.nodes.filter(({ key }) => joined.has(key)),
    edges: answer.edges.map((edge) => ({ ...edge, redundant: false })),
  };
}
