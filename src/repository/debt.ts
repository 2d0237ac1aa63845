import { counted, growing, scoreOf, shareOf, type Score } from "../spec/scores/score.ts";
import type { DebtFacts } from "./model.ts";

/** Test lines per source line from which on nothing more is asked for. */
const ENOUGH_TESTS = 0.5;
/** Per 1,000 lines of source and tests: half of the weight is taken there. */
const TYPICAL_MARKERS = 4;
const TYPICAL_SUPPRESSIONS = 4;
/** Share of the source in long files that takes the whole weight. */
const ALL_LONG = 0.5;
const BASICS = 4;

/**
 * What a change will have to pay for besides itself (ST-16): 0 is nothing, or nothing there yet; 100 is untested code in
 * huge files full of postponed work. docs/scores.md has the reasons.
 */
export function debtOf(facts: DebtFacts): Score {
  const { sourceLines, testLines, markers, suppressions, linesInLongFiles, missing } = facts;
  const nothing = sourceLines === 0;
  const thousands = (sourceLines + testLines) / 1_000;
  const per = (count: number) => (nothing ? 0 : count / thousands);
  const tested = shareOf(testLines, sourceLines, ENOUGH_TESTS);
  const long = shareOf(linesInLongFiles, sourceLines, 0);
  return scoreOf([
    {
      name: "untested-source",
      counted: `${counted(testLines, "test line")} for ${counted(sourceLines, "source line")}`,
      weight: 30,
      share: Math.max(0, 1 - tested / ENOUGH_TESTS),
    },
    {
      name: "long-files",
      counted: `${Math.round(long * 100)} % of the source in files over 500 lines`,
      weight: 20,
      share: Math.min(1, long / ALL_LONG),
    },
    {
      name: "postponed-work",
      counted: `${counted(markers, "TODO, FIXME or HACK", "TODOs, FIXMEs or HACKs")}, ${per(markers).toFixed(1)} per 1,000 lines`,
      weight: 15,
      share: growing(per(markers), TYPICAL_MARKERS),
    },
    {
      name: "suppressions",
      counted: `${counted(suppressions, "lint or type suppression")}, ${per(suppressions).toFixed(1)} per 1,000 lines`,
      weight: 15,
      share: growing(per(suppressions), TYPICAL_SUPPRESSIONS),
    },
    {
      name: "missing-basics",
      counted:
        missing.length === 0 || nothing ? "nothing missing" : `without ${missing.join(", ")}`,
      weight: 20,
      share: nothing ? 0 : Math.min(1, missing.length / BASICS),
    },
  ]);
}
