import { freeAt } from "../../schedule/solver/free-at.ts";
import { longestPaths } from "../../schedule/solver/paths.ts";
import { int, NEVER, type Problem } from "../../schedule/solver/problem.ts";

export interface ModelGoal {
  /** Shortest and longest makespan to look at. */
  readonly least: number;
  readonly most: number;
}

/**
 * A problem in MiniZinc: a variable for each start, its domain what longest paths leave of the time, an inequality for each arc, `cumulative`
 * for each resource, drops of capacity as work that stands still. Chuffed restarts between its own order of variables and the earliest start
 * first (Schutt, Feydy, Stuckey and Wallace 2011). Undefined when no schedule is so short already by the longest paths.
 */
export function miniZincModel(problem: Problem, { least, most }: ModelGoal): string | undefined {
  const { size, durations, after } = problem;
  const { heads } = longestPaths(problem);
  const latest = latestStarts(problem, most);
  if (heads.some((head, node) => head > int(latest, node))) return undefined;
  const lines = [`include "cumulative.mzn";`, `var ${least}..${most}: makespan;`];
  for (let node = 0; node < size; node++)
    lines.push(`var ${int(heads, node)}..${int(latest, node)}: s${node};`);
  for (let node = 0; node < size; node++) {
    lines.push(`constraint s${node} + ${int(durations, node)} <= makespan;`);
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++)
      lines.push(`constraint s${int(after.others, arc)} - s${node} >= ${int(after.lags, arc)};`);
  }
  for (let resource = 0; resource < problem.capacities.length; resource++)
    lines.push(...cumulative(problem, resource));
  const starts = Array.from({ length: size }, (_, node) => `s${node},`).join("");
  lines.push(
    `solve :: int_search([${starts}makespan], smallest, indomain_min, complete) minimize makespan;`,
  );
  return `${lines.join("\n")}\n`;
}

/** Latest start of each in a schedule of a length, by deadlines and the longest paths to them. */
function latestStarts(problem: Problem, most: number): Int32Array {
  const { durations, deadlines, after } = problem;
  const latest = deadlines.map(
    (tick, node) => Math.min(most, tick < NEVER ? tick : most) - int(durations, node),
  );
  for (const node of longestPaths(problem).order.toReversed())
    for (let arc = int(after.starts, node); arc < int(after.starts, node + 1); arc++)
      latest[node] = Math.min(
        int(latest, node),
        int(latest, int(after.others, arc)) - int(after.lags, arc),
      );
  return latest;
}

function cumulative(problem: Problem, resource: number): readonly string[] {
  const { size, durations, demands, capacities } = problem;
  const [starts, lengths, amounts]: [string[], number[], number[]] = [[], [], []];
  const add = (start: string, length: number, amount: number): void => {
    starts.push(start);
    lengths.push(length);
    amounts.push(amount);
  };
  for (let node = 0; node < size; node++)
    for (let slot = int(demands.starts, node); slot < int(demands.starts, node + 1); slot++)
      if (int(demands.resources, slot) === resource && int(durations, node) > 0)
        add(`s${node}`, int(durations, node), int(demands.amounts, slot));
  const capacity = int(capacities, resource);
  const { ticks, units } = freeAt(problem)(undefined);
  for (const [at, tick] of ticks.entries()) {
    const lost = capacity - int(units, at * capacities.length + resource);
    if (lost > 0) add(String(tick), (ticks[at + 1] ?? tick) - tick, lost);
  }
  return starts.length === 0
    ? []
    : [`constraint cumulative(${[starts, lengths, amounts].map(listOf).join(",")},${capacity});`];
}

const listOf = (items: readonly (string | number)[]): string => `[${items.join(",")}]`;
