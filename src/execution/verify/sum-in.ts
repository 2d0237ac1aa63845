/** How many tests passed, as runners say it: node, vitest, jest, pytest, cargo, mocha, dotnet. */
const SUM = /^\s*(?:#|ℹ) pass \d+$|\b\d+ pass(?:ed|ing)\b|\bPassed: +\d+/;

/** The last line that says how many tests passed; else the last one. */
export const sumIn = (lines: readonly string[]): string | undefined =>
  lines.findLast((line) => SUM.test(line)) ?? lines.at(-1);
