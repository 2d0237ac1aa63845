import type { StageSpec } from "../stage/stage-spec.ts";
import { changeText, type Changed } from "./held-files.ts";
import type { AskAgain } from "./pass-gate.ts";
import type { OpenStage } from "./pass-stage.ts";
import { approvedFiles, type PassedStage, type Sequence } from "./sequence.ts";

/** The stage whose turn it is. */
export interface Here {
  /** Its place among the stages of the run. */
  readonly index: number;
  readonly stage: StageSpec;
  /** Set if it has come to its gate already. */
  readonly open?: OpenStage;
}

/** Where the run goes back to: a stage that begins anew, or one whose gate asks again. */
export interface Back {
  readonly index: number;
  readonly again?: { readonly open: OpenStage; readonly because: AskAgain };
}

/** The first stage that no longer stands, and why. */
export interface Broken {
  /** How many of the stages passed stand. */
  readonly standing: number;
  readonly index: number;
  readonly stage: string;
  /** `outdated`: it worked from something else than is there now; `edited`: what was approved is not what is there now. */
  readonly why: "outdated" | "edited";
  readonly files: readonly Changed[];
}

/** What changed files do to the stages so far. Files that a stage of this run made concern that stage first. */
export function brokenStage(
  passed: readonly PassedStage[],
  here: Here,
  changed: readonly Changed[],
): Broken | undefined {
  const made = new Set(passed.flatMap(approvedFiles).map(({ path }) => path));
  const among = (files: readonly { readonly path: string }[]) =>
    changed.filter(({ path }) => files.some((file) => file.path === path));
  const outside = ({ input }: OpenStage) =>
    among(input.holds.filter(({ path }) => !made.has(path)));
  for (const [standing, one] of passed.entries()) {
    const at = { standing, index: one.index, stage: one.stage.name };
    const [from, own] = [outside(one.open), among(approvedFiles(one))];
    if (from.length > 0) return { ...at, why: "outdated", files: from };
    if (own.length > 0) return { ...at, why: "edited", files: own };
  }
  const from = here.open ? outside(here.open) : [];
  if (from.length === 0) return undefined;
  const { index, stage } = here;
  return { standing: passed.length, index, stage: stage.name, why: "outdated", files: from };
}

export const reasonOf = ({ why, stage, files }: Broken): string =>
  why === "outdated"
    ? changeText(files, `after ${stage} had begun to work from ${itOrThem(files)}`)
    : changeText(files, `after the gate of ${stage} had approved ${itOrThem(files)}`);

const itOrThem = (files: readonly unknown[]) => (files.length === 1 ? "it" : "them");

/** What it costs to go on all the same. */
export interface Cost {
  /** The stage whose gate asks again about its files as they are now; no agent is asked for that. */
  readonly asksAgain: string | null;
  readonly runAgain: readonly { readonly stage: string; readonly roles: readonly string[] }[];
  /** Work that is asked for again. */
  readonly workAgain: string | null;
}

export function costOf({ passed, run, counts }: Sequence, here: Here, broken: Broken): Cost {
  const { standing, why, index } = broken;
  const lost = passed.slice(standing).map(({ stage }) => stage);
  const all = here.open ? [...lost, here.stage] : lost;
  const { work } = run;
  const before = run.stages.findIndex(({ name }) => name === work?.before);
  const handedOver = work !== null && counts.has(work.name) && before > index;
  return {
    asksAgain: why === "edited" ? broken.stage : null,
    runAgain: (why === "edited" ? all.slice(1) : all).map((stage) => ({
      stage: stage.name,
      roles: [...stage.roles, stage.reviewer, stage.synthesizer, stage.qa].map(({ name }) => name),
    })),
    workAgain: handedOver ? work.name : null,
  };
}

/** A line for each step. */
export const costLines = ({ asksAgain, runAgain, workAgain }: Cost): readonly string[] => [
  ...(asksAgain === null ? [] : [`${asksAgain}: its gate asks again, about the files as they are`]),
  ...runAgain.map(({ stage, roles }) => `${stage} runs again: ${roles.join(", ")}`),
  ...(workAgain === null ? [] : [`${workAgain} is asked for again`]),
];
