import { makespanMs, quantile, workMs } from "./run-times.mjs";
import { table } from "./table.mjs";

/** Three chains with three workers: the part of the workers' time that is not agents' work. */
export async function overheads(bench, { cases, tell }) {
  const rows = [];
  for (const { seconds, links, times } of cases) {
    const plans = Array.from({ length: times }, (_, turn) => ({
      name: `chains-of-${seconds}-${turn}`,
      tasks: Array.from({ length: 3 * links }, (__, index) => ({
        minutes: 30,
        ms: seconds * 1_000,
        waits: index < 3 ? [] : [index - 3],
        files: [],
      })),
    }));
    const project = await bench.project({ plans });
    const shares = [];
    const perTask = [];
    try {
      for (const [index, plan] of plans.entries()) {
        const makespan = makespanMs(await project.run(index, { workers: 3 }));
        shares.push(1 - workMs(plan) / makespan / 3);
        perTask.push((makespan - seconds * links * 1_000) / links);
        tell(`${plan.name}: ${(100 * shares.at(-1)).toFixed(1)} %`);
      }
    } finally {
      await project.app.close();
    }
    rows.push([
      `${seconds} s`,
      3 * links,
      times,
      `${(100 * quantile(shares, 0.5)).toFixed(1)} %`,
      quantile(perTask, 0.5).toFixed(0),
    ]);
  }
  table("agents take | tasks | runs | not agents' work | ms of each task's time", rows);
}
