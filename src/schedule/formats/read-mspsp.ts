import type { Diagnostic } from "../../core/diagnostic.ts";
import { crewPartFaults, type CrewFault } from "../solver/crew/crew-part-faults.ts";
import type { CrewArc, CrewParts } from "../solver/crew/crew-parts.ts";
import { readDzn, type DznRow, type DznValue } from "./dzn.ts";

/** What a file with people gives: the problem, which can be made only if nothing is wrong with it, and everything that is. */
export interface CrewFile {
  readonly parts: CrewParts;
  readonly diagnostics: readonly Diagnostic[];
}

type Report = (line: number, message: string, hint: string) => void;

/** Far above any real number in such a file. */
const LARGEST = 1_000_000;

const NAMES = ["nActs", "dur", "nSkills", "sreq", "nResources", "mastery", "pred", "succ"] as const;

/**
 * Read a multi-skill project of the MSPSP benchmark, `.dzn` (Young, Feydy and Schutt 2017): durations `dur`, how many people of each skill each
 * activity needs (`sreq`), which skills each person has (`mastery`), and pairs that follow each other (`pred`, `succ`, counted from 1). What
 * the file derives from these (`mint`, unrelated pairs, useful people) is left aside. Linear.
 */
export function readMspsp(file: string, text: string): CrewFile {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (line, message, hint) => {
    const place = { file, line };
    diagnostics.push({ code: "PLAN_MSPSP_INVALID", severity: "error", message, hint, place });
  };
  const values = readDzn(text);
  for (const name of NAMES) checkValue(name, values.get(name), report);
  const numbers = (name: string): readonly number[] => values.get(name)?.rows[0]?.numbers ?? [];
  const [size = 0] = numbers("nActs");
  const [skills = 0] = numbers("nSkills");
  const sreq = tableOf(values.get("sreq"), [size, skills], report);
  const mastery = tableOf(values.get("mastery"), [numbers("nResources")[0] ?? 0, skills], report);
  const durations = numbers("dur");
  if (durations.length !== size)
    report(
      values.get("dur")?.line ?? 1,
      `There are ${durations.length} durations for ${size} activities.`,
      "Give each activity one.",
    );
  const parts: CrewParts = {
    activities: sreq.map((row, node) => ({
      options: [
        {
          work: durations[node] ?? 0,
          needs: row.numbers.flatMap((count, pool) => (count > 0 ? [{ pool, count }] : [])),
        },
      ],
    })),
    arcs: arcsOf(numbers("pred"), numbers("succ"), sreq.length, (message) =>
      report(values.get("pred")?.line ?? 1, message, "Mend pred and succ."),
    ),
    capacities: [],
    absences: mastery.map(() => []),
    pools: Array.from({ length: Math.min(skills, mastery[0]?.numbers.length ?? 0) }, (_, skill) =>
      mastery.flatMap((row, person) => (row.numbers[skill] === 1 ? [{ person }] : [])),
    ),
  };
  if (diagnostics.length === 0)
    for (const fault of crewPartFaults(parts)) reportFault(fault, sreq, values, report);
  return { parts, diagnostics };
}

function checkValue(name: string, value: DznValue | undefined, report: Report): void {
  const hint = "Take a file in the .dzn format of MSPSP.";
  if (!value) return report(1, `There is no value ${name}.`, hint);
  for (const { line, numbers } of value.rows)
    if (!numbers.every((number) => number >= 0 && number <= LARGEST))
      return report(line, `In ${name} not all are whole numbers from 0 to ${LARGEST}.`, hint);
}

function tableOf(
  value: DznValue | undefined,
  [rows, columns]: readonly [number, number],
  report: Report,
): readonly DznRow[] {
  const table = value?.rows ?? [];
  const odd = table.find(({ numbers }) => numbers.length !== columns);
  if (value && (table.length !== rows || odd))
    report(
      odd?.line ?? value.line,
      `A table has ${table.length} rows, this one of ${odd?.numbers.length ?? columns}, where ${rows} of ${columns} are said.`,
      "Give each activity or person a row, with a number for each skill.",
    );
  return table;
}

function arcsOf(
  pred: readonly number[],
  succ: readonly number[],
  size: number,
  report: (message: string) => void,
): readonly CrewArc[] {
  if (pred.length !== succ.length)
    report(`There are ${pred.length} predecessors and ${succ.length} successors.`);
  const isThere = (activity: number): boolean => activity >= 1 && activity <= size;
  return pred.flatMap((from, at) => {
    const to = succ[at] ?? 0;
    if (isThere(from) && isThere(to)) return [{ from: from - 1, to: to - 1 }];
    report(`A pair names activities ${from} and ${to}; there are ${size}.`);
    return [];
  });
}

function reportFault(
  { kind, activity, text }: CrewFault,
  sreq: readonly DznRow[],
  values: ReadonlyMap<string, DznValue>,
  report: Report,
): void {
  const [line, hint] =
    kind === "cycle"
      ? [
          values.get("pred")?.line,
          "Take out one of the pairs of pred and succ that lead in a circle.",
        ]
      : kind === "people"
        ? [sreq[activity ?? -1]?.line, "Lower sreq, or add people who have the skill to mastery."]
        : [values.get("dur")?.line, "Take a coarser unit."];
  const subject = activity === undefined ? "" : `Activity ${activity + 1}: `;
  report(line ?? 1, `${subject}${text}.`, hint);
}
