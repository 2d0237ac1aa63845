import type { RaisedCap } from "../core/budget-figures.ts";
import { usdOf, type Unit } from "../stage/budget/amount.ts";
import type { Raise } from "../stage/budget/ledger.ts";
import {
  raisingFlags,
  reachedCaps,
  reachedSentence,
  type ShortCall,
} from "../stage/budget/reached.ts";
import type { Why } from "./hold-place.ts";
import { emit, type StageRun } from "./stage-run.ts";

/** What is short, and whatever else only a person can mend. */
interface Held {
  readonly short: readonly ShortCall[];
  readonly others: Why | undefined;
}

/**
 * Why a run is held whose budget leaves no room for the next work: how what was reached stands now, when all that was
 * under way has ended, and the command that raises it just enough.
 */
export async function budgetReached(
  run: StageRun,
  turn: string,
  { short, others }: Held,
): Promise<Why> {
  const { scope, stage } = run.input;
  const caps = await run.steps.attempt({ name: `${scope}/${turn}/budget` }, async () =>
    reachedCaps(await run.ports.ledgers.read(run.steps.runId), short),
  );
  await emit(run, `${turn}/budget-reached`, {
    type: "budget-reached",
    stage: stage.name,
    caps: caps.map(({ enough: _enough, unit, ...cap }) => ({
      ...cap,
      unit: unitWord(unit),
      cap: inUnit(cap.cap, unit),
      spent: inUnit(cap.spent, unit),
      reserved: inUnit(cap.reserved, unit),
      needs: cap.needs === null ? null : inUnit(cap.needs, unit),
    })),
  });
  return {
    code: "BUDGET_REACHED",
    reason: caps.map(reachedSentence).join(" "),
    failures: others ? [others.reason, ...others.failures] : [],
    budget: caps,
    flags: raisingFlags(caps),
    hint: `What was finished is kept, and nothing of it is asked again.${others?.hint === undefined ? "" : ` ${others.hint}`} Raise the limit as far as you want to go.`,
  };
}

const unitWord = (unit: Unit): RaisedCap["unit"] => (unit === "tokens" ? "tokens" : "usd");
const inUnit = (value: number, unit: Unit): number => (unit === "tokens" ? value : usdOf(value));

export const raisedCap = ({ unit, to, stage, role }: Raise): RaisedCap => ({
  stage,
  role,
  unit: unitWord(unit),
  to: inUnit(to, unit),
});
