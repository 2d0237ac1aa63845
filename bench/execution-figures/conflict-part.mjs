import { seededRandom } from "../../dist/core/random.js";
import { makespanMs } from "./run-times.mjs";
import { table } from "./table.mjs";

/** Plans whose tasks extend shared files at the same place, with those files declared and not. */
export async function conflicts(bench, { plans: count, atOnce, tell }) {
  const totals = new Map();
  for (let from = 0; from < count; from += atOnce) {
    const seeds = Array.from(
      { length: Math.min(atOnce, count - from) },
      (_, index) => from + index,
    );
    const plans = seeds.flatMap((seed) => {
      const plan = hotPlan(seed);
      return [
        { ...plan, name: `hot-${seed}-declared` },
        { ...plan, name: `hot-${seed}-silent`, declares: false },
      ];
    });
    const project = await bench.project({ plans, retries: 8 });
    try {
      for (const declared of [true, false]) {
        const turn = plans.flatMap((plan, index) =>
          (plan.declares ?? true) === declared ? [index] : [],
        );
        const runs = await Promise.all(turn.map((index) => project.run(index, { workers: 4 })));
        for (const run of runs) addConflicts(totals, declared, run);
      }
    } finally {
      await project.app.close();
    }
    tell(`${from + seeds.length} plans`);
  }
  table(
    "files of tasks | plans | tasks | collisions at landing | attempts | agents' time s | makespan s, mean",
    [...totals].map(([declared, total]) => [
      declared ? "declared: collisions are foreseen" : "not declared",
      total.runs,
      total.tasks,
      total.collisions,
      total.attempts,
      (total.agentMs / 1_000).toFixed(0),
      (total.makespanMs / total.runs / 1_000).toFixed(1),
    ]),
  );
}

const HOT_TASKS = 8;
const HOT_FILES = 3;

/** Eight tasks that no dependency ties together; each extends one of three files, or none. */
function hotPlan(seed) {
  const random = seededRandom(70_000 + seed);
  const tasks = Array.from({ length: HOT_TASKS }, () => ({
    minutes: 30,
    ms: 300 + random() * 900,
    waits: [],
    files: random() < 0.75 ? [Math.floor(random() * HOT_FILES)] : [],
  }));
  return { name: "", tasks };
}

function addConflicts(totals, declared, run) {
  const before = { runs: 0, tasks: 0, collisions: 0, attempts: 0, agentMs: 0, makespanMs: 0 };
  const total = totals.get(declared) ?? before;
  const advanced = run.events.flatMap(({ event }) =>
    event.type === "task-advanced" ? [event.event] : [],
  );
  const count = (kind) => advanced.filter((each) => each === kind).length;
  const agentMs = [...run.agents.values()].reduce((sum, { started, ended }) => {
    return sum + (ended === undefined ? 0 : ended - started);
  }, 0);
  totals.set(declared, {
    runs: total.runs + 1,
    tasks: total.tasks + run.plan.tasks.length,
    collisions: total.collisions + count("conflicted"),
    attempts: total.attempts + count("started"),
    agentMs: total.agentMs + agentMs,
    makespanMs: total.makespanMs + makespanMs(run),
  });
}
