import type { Diagnostic } from "../../core/diagnostic.ts";
import { oneLine } from "../../core/text.ts";
import type { Arc, ProblemParts } from "../solver/problem.ts";

/** What a PSPLIB file gives: the problem as far as it could be read, and everything that is wrong with it. */
export interface PsplibFile {
  /** Activities are numbered from 0, the file's jobs from 1. */
  readonly parts: ProblemParts;
  readonly diagnostics: readonly Diagnostic[];
}

interface NumberRow {
  readonly line: number;
  readonly numbers: readonly number[];
}

const HEADINGS = /^(PRECEDENCE RELATIONS|REQUESTS\/DURATIONS|RESOURCEAVAILABILITIES)/;

/** Numbers of a row, after which it says nothing more: the largest real rows have about 20. */
const MAX_NUMBERS = 10_000;

/**
 * Read a single-mode project of PSPLIB, `.sm` (Kolisch and Sprecher 1997): rows of numbers below three headings, in this order — job, modes,
 * number of successors, successors; job, mode, duration, a demand for each resource; a capacity for each resource. Linear.
 */
export function readPsplib(file: string, text: string): PsplibFile {
  const diagnostics: Diagnostic[] = [];
  const report = (line: number, message: string, hint: string): void => {
    diagnostics.push({
      code: "PROJECT_INVALID",
      severity: "error",
      message,
      hint,
      place: { file, line },
    });
  };
  const rows = sectionsOf(text);
  for (const heading of ["PRECEDENCE RELATIONS", "REQUESTS/DURATIONS", "RESOURCEAVAILABILITIES"])
    if (!rows.has(heading))
      report(1, `There is no section ${heading}.`, "Take a file in the .sm format of PSPLIB.");
  const requests = rows.get("REQUESTS/DURATIONS") ?? [];
  const capacities = rows.get("RESOURCEAVAILABILITIES")?.[0]?.numbers ?? [];
  const jobs = requests.length;
  const durations: number[] = [];
  const demands: (readonly number[])[] = [];
  for (const [index, { line, numbers }] of requests.entries()) {
    const [job, mode, duration = 0, ...amounts] = numbers;
    if (job !== index + 1 || mode !== 1)
      report(
        line,
        `Job ${job ?? "?"} in mode ${mode ?? "?"} stands where job ${index + 1} in mode 1 should be.`,
        "Give each job one mode, in the order of their numbers.",
      );
    if (amounts.length !== capacities.length)
      report(
        line,
        `Job ${index + 1} names ${amounts.length} demands for ${capacities.length} resources.`,
        "Give a demand, or 0, for each resource.",
      );
    for (const [resource, amount] of amounts.entries())
      if (amount > (capacities[resource] ?? 0) && duration > 0)
        report(
          line,
          `Job ${index + 1} takes ${amount} of resource ${resource + 1}, which has ${capacities[resource] ?? 0}.`,
          "Raise the capacity or lower the demand.",
        );
    durations.push(duration);
    demands.push(amounts);
  }
  const arcs = (rows.get("PRECEDENCE RELATIONS") ?? []).flatMap((row) => arcsOf(row, jobs, report));
  return { parts: { durations, arcs, capacities, demands }, diagnostics };
}

function arcsOf(
  { line, numbers }: NumberRow,
  jobs: number,
  report: (line: number, message: string, hint: string) => void,
): readonly Arc[] {
  const [job = 0, , count = 0, ...successors] = numbers;
  if (count !== successors.length)
    report(
      line,
      `Job ${job} has ${successors.length} successors and says ${count}.`,
      "Mend the count or the list.",
    );
  return [job, ...successors].every((number) => number >= 1 && number <= jobs)
    ? successors.map((successor) => ({ from: job - 1, to: successor - 1 }))
    : (report(
        line,
        `Row ${oneLine(numbers.join(" "), 40)} names a job that is not there.`,
        `Name jobs 1 to ${jobs}.`,
      ),
      []);
}

/** The rows of numbers below each heading. */
function sectionsOf(text: string): ReadonlyMap<string, readonly NumberRow[]> {
  const sections = new Map<string, NumberRow[]>();
  let open: NumberRow[] | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const heading = HEADINGS.exec(raw)?.[1];
    if (heading !== undefined) {
      open = [];
      sections.set(heading, open);
    } else if (/^\s*\d[\d\s]*$/.test(raw))
      open?.push({ line: index + 1, numbers: raw.trim().split(/\s+/, MAX_NUMBERS).map(Number) });
    else if (raw.startsWith("*")) open = undefined;
  }
  return sections;
}
