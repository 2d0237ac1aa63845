import type { Diagnostic } from "../../core/diagnostic.ts";
import type { BoxState } from "../model.ts";
import type { ProblemCount, Tally } from "./plan-head.ts";

/** How many of these states there are of each. */
export function tallyOf(states: readonly BoxState[]): Tally {
  const count = (wanted: BoxState) => states.filter((state) => state === wanted).length;
  const [done, skipped] = [count("done"), count("skipped")];
  return {
    tasks: states.length,
    open: count("open"),
    inProgress: count("in-progress"),
    done,
    failed: count("failed"),
    skipped,
    percent: states.length === 0 ? 100 : Math.floor(((done + skipped) * 100) / states.length),
  };
}

/** How many problems there are of each weight. */
export function countProblems(diagnostics: readonly Diagnostic[]): ProblemCount {
  const count = (wanted: Diagnostic["severity"]) =>
    diagnostics.filter(({ severity }) => severity === wanted).length;
  return { errors: count("error"), warnings: count("warning"), notes: count("info") };
}
