import { WavegateError } from "../../../core/error.ts";
import { oneLine } from "../../../core/text.ts";
import type { NextRule } from "../../../plan/progress/standing.ts";
import { nextMarkers } from "../../../reporters/plans/markers.ts";
import { nextLines } from "../../../reporters/plans/next-lines.ts";
import type { Cli } from "../../cli.ts";
import { printLikeOriginal, wishOf, type LikeFlags } from "./like-original.ts";
import { printAnswer } from "./print-answer.ts";

export interface NextFlags extends LikeFlags {
  readonly rule: NextRule;
}

/** As many as the original tool gives. */
const COUNT = 3;
const MOST = 1_000;

/** Say what can be begun now. Needs no database. */
export async function next(
  this: Cli,
  flags: NextFlags,
  first?: string,
  second?: string,
): Promise<void> {
  const { count = COUNT, plan } = countAndPlan([first, second].filter((one) => one !== undefined));
  if (await printLikeOriginal(this, flags, plan, { name: "next", count })) return;
  const { plans } = await this.app();
  await printAnswer(this, flags, {
    answer: () => plans.next({ ...wishOf(plan, flags.inferred), count, rule: flags.rule }),
    lines: nextLines,
    markers: nextMarkers,
    plan,
    complete: ({ tally }) => tally.percent === 100,
  });
}

/** Features are named by numbers, too: `001` is one of them. */
const isCount = (text: string) => /^(?:0|[1-9]\d*)$/.test(text);

/** `5 PLAN`, `PLAN 5`, or one of them. */
function countAndPlan(given: readonly string[]): {
  readonly count?: number;
  readonly plan?: string;
} {
  const numbers = given.filter((one) => isCount(one));
  const [plan, ...rest] = given.filter((one) => !isCount(one));
  const [text, another] = numbers;
  if (rest.length > 0 || another !== undefined)
    throw new WavegateError("USAGE", "`plans next` takes a number and one plan.", {
      hint:
        another === undefined
          ? "Write it like: wavegate plans next 5 docs/plans/name.md"
          : `A plan that is called by a number is named by its path: wavegate plans next ${text ?? ""} docs/plans/${another}.md`,
    });
  const count = Number(text ?? COUNT);
  if (count < 1 || count > MOST)
    throw new WavegateError("USAGE", `N: "${oneLine(text ?? "", 40)}" is not from 1 to ${MOST}.`, {
      hint: "Give the number of tasks that you can begin now.",
    });
  return { ...(text === undefined ? {} : { count }), ...(plan === undefined ? {} : { plan }) };
}
