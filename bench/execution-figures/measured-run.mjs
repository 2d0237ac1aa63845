/** Plans carried out in this process, and all that is known of when what happened. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Client } from "pg";
import { openEmbeddedPostgres } from "../../dist/adapters/postgres/open-embedded-postgres.js";
import { openApp } from "../../dist/index.js";
import { makeGraphRepository, verifyRun } from "./graph-repository.mjs";

/** What a run that stands still is given before the bench gives up. */
const PATIENCE_MS = 600_000;

/** The database of the bench, its journal of steps, and projects on it. `folder` is the bench's own. */
export async function openBench(folder) {
  const home = path.join(folder, "home");
  const env = { ...process.env, WAVEGATE_HOME: home, NO_COLOR: "1" };
  const server = await openEmbeddedPostgres({ env });
  const journal = new Client({ connectionString: server.url });
  await journal.connect();
  let projects = 0;
  return {
    env,
    /** A repository with these plans, and the application in it. */
    async project(wishes) {
      const root = path.join(folder, `project-${++projects}`);
      const made = makeGraphRepository(root, wishes);
      const app = openApp({ cwd: root, env });
      const run = (plan, wish = {}) =>
        measuredRun({ app, journal, root, log: made.log }, wishes.plans[plan], {
          ...wish,
          plans: [made.files[plan]],
        });
      return { app, root, ...made, run };
    },
    async close() {
      await journal.end();
      await server.close();
    },
  };
}

/** The plan's run from its first event to its last, verified. */
async function measuredRun({ app, journal, root, log }, plan, wish) {
  const { runId } = await app.executions.start(wish);
  const events = await eventsOf(app, runId);
  const end = events.at(-1);
  if (end.event.type !== "run-finished" || end.event.status !== "completed")
    throw new Error(`${runId} of ${plan.name}: ${JSON.stringify(end.event)}`);
  await app.settled(runId);
  verifyRun(root, { runId, plan, file: wish.plans[0] });
  const steps = await stepsOf(journal, runId);
  return { runId, plan, workers: wish.workers, events, steps, agents: agentsOf(log, events) };
}

/** Until the run has ended or asks for a person. */
export async function eventsOf(app, runId) {
  const events = [];
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const { at, event } of app.events(runId, 0, signal)) {
    events.push({ at: Date.parse(at), event });
    if (event.type === "run-finished" || event.type === "plan-run-held") return events;
  }
  throw new Error(`${runId} did not end in time`);
}

/** What was journaled of the run and its children: when each step began and ended. */
async function stepsOf(journal, runId) {
  const { rows } = await journal.query(
    `select function_name as name, started_at_epoch_ms as began, completed_at_epoch_ms as ended
     from wavegate_dbos.operation_outputs
     where (workflow_uuid like '%:' || $1 or workflow_uuid like '%:' || $1 || '/%') and started_at_epoch_ms is not null`,
    [runId],
  );
  return rows.map(({ name, began, ended }) => ({
    name,
    began: Number(began),
    ended: Number(ended),
  }));
}

/** When agents of this run's tasks were at work, by task and attempt. `born`: their process was started. */
function agentsOf(log, events) {
  const tasks = new Set(
    events.flatMap(({ event }) => (event.type === "task-advanced" ? [event.task] : [])),
  );
  const agents = new Map();
  for (const line of readFileSync(log, "utf8").trim().split("\n")) {
    const { task, attempt, event, at, born } = JSON.parse(line);
    if (!tasks.has(task)) continue;
    const key = `${task}/${attempt}`;
    agents.set(key, { task, attempt, ...agents.get(key), born, [event]: at });
  }
  return agents;
}
