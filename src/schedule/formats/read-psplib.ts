import type { Diagnostic } from "../../core/diagnostic.ts";
import { findCycle } from "../../core/graph/find-cycle.ts";
import { oneLine } from "../../core/text.ts";
import type { Arc, ProblemParts } from "../solver/problem.ts";

/** What a PSPLIB file gives: the problem, which can be made only if nothing is wrong with it, and everything that is. */
export interface PsplibFile {
  /** Activities are numbered from 0, the file's jobs from 1. */
  readonly parts: ProblemParts;
  readonly diagnostics: readonly Diagnostic[];
}

interface NumberRow {
  readonly line: number;
  readonly numbers: readonly number[];
}

type Report = (line: number, message: string, hint: string) => void;

const PRECEDENCE = "PRECEDENCE RELATIONS";
const REQUESTS = "REQUESTS/DURATIONS";
const CAPACITIES = "RESOURCEAVAILABILITIES";

/** Far above any real duration, demand or capacity, and their sums still fit in 32 bits where there are a thousand jobs. */
const LARGEST = 1_000_000;

/**
 * Read a single-mode project of PSPLIB, `.sm` (Kolisch and Sprecher 1997): rows of numbers below three headings — job, modes, number of
 * successors, successors; job, mode, duration, a demand for each resource; a capacity for each resource. Linear.
 */
export function readPsplib(file: string, text: string): PsplibFile {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (line, message, hint) => {
    const place = { file, line };
    diagnostics.push({ code: "PLAN_PSPLIB_INVALID", severity: "error", message, hint, place });
  };
  const { headings, rowsOf } = sectionsOf(text, report);
  for (const heading of [PRECEDENCE, REQUESTS, CAPACITIES])
    if (!headings.has(heading))
      report(1, `There is no section ${heading}.`, "Take a file in the .sm format of PSPLIB.");
  const capacities = rowsOf(CAPACITIES)[0]?.numbers ?? [];
  const requests = rowsOf(REQUESTS);
  for (const [index, row] of requests.entries()) checkRequest(row, index, capacities, report);
  const precedence = rowsOf(PRECEDENCE);
  const arcs = precedence.flatMap((row) => arcsOf(row, requests.length, report));
  const cycle = findCycle(edgesOf(arcs));
  if (cycle)
    report(
      headings.get(PRECEDENCE) ?? 1,
      `Jobs wait for each other: ${oneLine(cycle.join(" → "))}.`,
      "Take out one of these successors.",
    );
  const parts = {
    durations: requests.map(({ numbers }) => numbers[2] ?? 0),
    arcs,
    capacities,
    demands: requests.map(({ numbers }) => numbers.slice(3)),
  };
  return { parts, diagnostics };
}

function checkRequest(
  { line, numbers }: NumberRow,
  index: number,
  capacities: readonly number[],
  report: Report,
): void {
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
}

function arcsOf({ line, numbers }: NumberRow, jobs: number, report: Report): readonly Arc[] {
  const [job = 0, , count = 0, ...successors] = numbers;
  if (count !== successors.length)
    report(
      line,
      `Job ${job} has ${successors.length} successors and says ${count}.`,
      "Mend the count or the list.",
    );
  if ([job, ...successors].every((number) => number >= 1 && number <= jobs))
    return successors.map((successor) => ({ from: job - 1, to: successor - 1 }));
  report(
    line,
    `Row ${oneLine(numbers.join(" "), 40)} names a job that is not there.`,
    `Name jobs 1 to ${jobs}.`,
  );
  return [];
}

function edgesOf(arcs: readonly Arc[]): ReadonlyMap<string, readonly string[]> {
  const edges = new Map<string, string[]>();
  for (const { from, to } of arcs) {
    const targets = edges.get(String(from + 1)) ?? [];
    targets.push(String(to + 1));
    edges.set(String(from + 1), targets);
  }
  return edges;
}

/** The rows of numbers below each heading; the lines between them and the stars that end a section are for people. */
function sectionsOf(text: string, report: Report) {
  const headings = new Map<string, number>();
  const sections = new Map<string, NumberRow[]>();
  let open: NumberRow[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const heading = [PRECEDENCE, REQUESTS, CAPACITIES].find((known) => raw.startsWith(known));
    if (heading !== undefined) {
      open = [];
      headings.set(heading, index + 1);
      sections.set(heading, open);
    } else if (/^\s*\d[\d\s]*$/.test(raw)) {
      const numbers = raw.trim().split(/\s+/).map(Number);
      if (numbers.some((number) => number > LARGEST))
        report(index + 1, `A number is larger than ${LARGEST}.`, "Take a coarser unit.");
      open.push({ line: index + 1, numbers: numbers.map((number) => Math.min(number, LARGEST)) });
    } else if (raw.startsWith("*")) open = [];
  }
  return { headings, rowsOf: (heading: string) => sections.get(heading) ?? [] };
}
