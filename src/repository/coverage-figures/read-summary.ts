import { z } from "zod";
import { BrokenCoverage, type ReadCoverage } from "./coverage-text.ts";

const figures = z.looseObject({
  lines: z.looseObject({ total: z.number().nonnegative(), covered: z.number().nonnegative() }),
});
const summary = z.record(z.string(), z.unknown());

/** `coverage-summary.json` of istanbul, c8 and vitest. Throws BrokenCoverage. */
export function readSummary(text: string): ReadCoverage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BrokenCoverage("it is not JSON");
  }
  const read = summary.safeParse(value);
  const total = figures.safeParse(read.success ? read.data["total"] : undefined);
  if (!read.success || !total.success) throw new BrokenCoverage("it has no total of lines");
  const files = Object.entries(read.data).flatMap(([path, one]) => {
    const file = figures.safeParse(one);
    return path === "total" || !file.success ? [] : [{ path, ...file.data.lines }];
  });
  return { files, covered: total.data.lines.covered, total: total.data.lines.total };
}
