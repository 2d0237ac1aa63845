/** What a run's events, its journal and its agents' notes say about where the time went. Milliseconds. */
import { makeProblem } from "../../dist/schedule/solver/problem.js";
import { lowerBound } from "../../dist/schedule/solver/lower-bound.js";

/** Milliseconds of a tick of the bound; durations are rounded down, so that it stays one. */
const TICK = 10;

/** No schedule of these tasks is shorter, with so many workers and one writer of a shared file at a time; no time for anything but agents. */
export function boundMs({ tasks }, workers) {
  const used = [...new Set(tasks.flatMap(({ files }) => files))];
  const problem = makeProblem({
    durations: tasks.map(({ ms }) => Math.floor(ms / TICK)),
    arcs: tasks.flatMap(({ waits }, to) => waits.map((from) => ({ from, to }))),
    capacities: [workers, ...used.map(() => 1)],
    demands: tasks.map(({ files }) => [1, ...used.map((file) => Number(files.includes(file)))]),
  });
  return lowerBound(problem) * TICK;
}

export const workMs = ({ tasks }) => tasks.reduce((sum, { ms }) => sum + ms, 0);

/** From the run's first event to its last. */
export const makespanMs = ({ events }) => events.at(-1).at - events[0].at;

/**
 * For each attempt, when it could begin and what came then: `ready` (the last task it waits for has landed, files it writes are free, a worker is free), `started`
 * (decided and recorded), `born` (its agent's process), `after`: what it waited for last.
 */
export function dispatches({ plan, events, agents, workers }) {
  const shared = sharedBy(plan);
  const [atWork, landed, found] = [new Set(), new Map(), []];
  const [first] = events;
  let freed = { at: first.at, by: null };
  let batch = new Map();
  for (const { at, event } of events) {
    // As soon as it has landed, not when the run has taken that in.
    if (event.type === "landing-finished")
      batch = new Map(event.landed.map(({ task }) => [task, at]));
    if (event.type !== "task-advanced") continue;
    const { task, attempt } = event;
    if (event.event === "started") {
      const agent = agents.get(`${task}/${attempt}`);
      const index = Number(task.split(".")[1]) - 1;
      const before = [...plan.tasks[index].waits, ...shared[index]].flatMap(
        (other) => landed.get(keyLike(task, other)) ?? [],
      );
      const last = before.reduce((a, b) => (b.at > a.at ? b : a), { at: first.at, by: null });
      const worker = freed.at > last.at;
      const { at: ready, by } = worker ? freed : last;
      const after = by === null ? "beginning" : worker ? "worker" : "task";
      if (agent?.born) found.push({ task, ready, by, after, started: at, born: agent.born });
      atWork.add(task);
      continue;
    }
    if (event.event === "landed")
      landed.set(task, { at: batch.get(task) ?? at, by: endOf(agents, task) });
    const isAtWork = event.status === "running" || event.status === "verifying";
    if (isAtWork || !atWork.has(task)) continue;
    if (atWork.size === workers) freed = { at, by: endOf(agents, task) };
    atWork.delete(task);
  }
  return found;
}

const keyLike = (task, index) => `${task.split(".")[0]}.${index + 1}`;

/** When the last agent of a task ended. */
function endOf(agents, task) {
  const ends = [...agents.values()].flatMap((agent) => (agent.task === task ? [agent.ended] : []));
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** By task, those that write a file that it writes. */
const sharedBy = ({ tasks }) =>
  tasks.map(({ files }, index) =>
    tasks.flatMap((other, number) =>
      number !== index && other.files.some((file) => files.includes(file)) ? [number] : [],
    ),
  );

const WORK = /-work$/;
const KINDS = [
  ["clone made", /\/open$/],
  ["work collected", /\/collect$/],
  ["evidence kept", /\/evidence$/],
  ["clone removed", /\/discard$/],
  ["landing: merged", /^landing\/\d+\/gather-/],
  ["landing: tested", /^landing\/\d+\/test-/],
  ["landing: branch moved", /^landing\/\d+\/advance-/],
  ["plan marked", /^plan\/sync\//],
  ["findings, checkpoints, notices", /^(?:plan\/findings|between)\//],
];

/** How long journaled steps took, by what they do; of those that ask agents, what is before and after these. */
export function stepTimes({ steps, agents }) {
  const times = new Map();
  const add = (kind, ms) => times.set(kind, [...(times.get(kind) ?? []), ms]);
  for (const { name, began, ended } of steps.filter((step) => WORK.test(step.name))) {
    const agent = [...agents.values()].find((one) => fits(name, one) && one.ended !== undefined);
    if (!agent) continue;
    add("agent: prompt and sandbox, until its process", agent.born - began);
    add("agent: its own start, until it has read the prompt", agent.started - agent.born);
    add("agent: its end, until it is known", ended - agent.ended);
  }
  for (const { name, began, ended } of steps) {
    const kind = KINDS.find(([, pattern]) => pattern.test(name))?.[0];
    if (kind !== undefined) add(kind, ended - began);
  }
  return times;
}

const fits = (name, { task, attempt }) => name.endsWith(`-${task}-a${attempt}-work`);

export const mean = (numbers) => numbers.reduce((a, b) => a + b, 0) / Math.max(1, numbers.length);

export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
