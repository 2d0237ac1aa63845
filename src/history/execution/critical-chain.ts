import type { ExecutionHistory, Stretch, TaskHistory } from "./execution-history.ts";

/** What a part of the chain was spent on. */
export type ChainPart =
  /** Its clone was made, or its result collected: what was neither an agent's work nor a check. */
  | "prepare"
  /** An agent was at work. */
  | "work"
  /** Its result was judged: checks, and what goes with them. */
  | "verify"
  /** It waited to be landed, or was landed. */
  | "landing"
  /** A person was asked. */
  | "person"
  /** An attempt had failed, and the next one was waited for. */
  | "backoff"
  /** Nothing held it back any more, and it had not begun. */
  | "dispatch";

/** One link of the chain; each begins where the one before it ends. */
export interface ChainLink {
  readonly part: ChainPart;
  /** The task that it was spent on. */
  readonly task: string;
  readonly attempt: number;
  readonly from: number;
  readonly to: number;
  /** For the first link of an attempt, what it had waited for. */
  readonly after?: ChainCause;
}

export type ChainCause =
  | { readonly kind: "start" }
  | { readonly kind: "dependency"; readonly task: string }
  /** All workers were busy, and this task gave one back. */
  | { readonly kind: "worker"; readonly task: string }
  /** Nothing else explains the wait, and this task came to its end right before: they were kept apart (one resource, one batch). */
  | { readonly kind: "beside"; readonly task: string }
  /** The attempt before, or a person's word on it. */
  | { readonly kind: "again" };

const PARTS: Readonly<Partial<Record<Stretch["status"], ChainPart>>> = {
  running: "work",
  verifying: "verify",
  landing: "landing",
  blocked: "person",
  failed: "backoff",
};

/**
 * Why the run took as long as it did: from the task that was finished last back to the start, each time to what its attempt had waited
 * for longest. The links cover the time from the start of the run to that end without a gap. O(tasks + stretches).
 */
export function criticalChain(history: ExecutionHistory): readonly ChainLink[] {
  const releases = releasesOf(history);
  const ends = endsOf(history);
  const links: ChainLink[] = [];
  const seen = new Set<string>();
  let task = lastFinished(history);
  let until = task ? finishedAt(task) : undefined;
  while (task && until !== undefined && !seen.has(task.planned.key)) {
    seen.add(task.planned.key);
    const cause = backToCause(history, task, { until, releases, ends, links });
    if (!cause) break;
    until = cause.at;
    task = history.tasks.get(cause.task);
  }
  return links.toReversed();
}

/** Whole time of each part, longest first. */
export function chainShares(
  links: readonly ChainLink[],
): readonly { readonly part: ChainPart; readonly ms: number }[] {
  const sums = new Map<ChainPart, number>();
  for (const { part, from, to } of links) sums.set(part, (sums.get(part) ?? 0) + to - from);
  return [...sums].map(([part, ms]) => ({ part, ms })).toSorted((a, b) => b.ms - a.ms);
}

interface Release {
  readonly at: number;
  readonly task: string;
}

/** Times at which a worker was given back while all of them were busy, in order. */
function releasesOf({ tasks, workers }: ExecutionHistory): readonly Release[] {
  const changes: (Release & { readonly by: 1 | -1 })[] = [];
  for (const [task, { stretches }] of tasks)
    for (const [index, { lane, from, to }] of stretches.entries()) {
      if (lane === undefined) continue;
      if (stretches[index - 1]?.lane !== lane) changes.push({ at: from, task, by: 1 });
      if (to !== undefined && stretches[index + 1]?.lane !== lane)
        changes.push({ at: to, task, by: -1 });
    }
  changes.sort((a, b) => a.at - b.at || a.by - b.by);
  const full: Release[] = [];
  let [busy, before, time] = [0, 0, -Infinity];
  for (const { at, task, by } of changes) {
    if (at > time) [before, time] = [busy, at];
    if (by < 0 && before >= workers) full.push({ at, task });
    busy += by;
  }
  return full;
}

/** Times at which tasks stopped being at work or on the way in, in order. */
function endsOf({ tasks }: ExecutionHistory): readonly Release[] {
  const ends: Release[] = [];
  for (const [task, { stretches }] of tasks)
    for (const [index, { status, to }] of stretches.entries()) {
      const next = stretches[index + 1];
      if (to !== undefined && ACTIVE.has(status) && next && !ACTIVE.has(next.status))
        ends.push({ at: to, task });
    }
  return ends.toSorted((a, b) => a.at - b.at);
}

const ACTIVE: ReadonlySet<Stretch["status"]> = new Set(["running", "verifying", "landing"]);

/** When nothing was left to do for it; undefined while something is. */
export const finishedAt = ({ status, since }: TaskHistory): number | undefined =>
  status === "done" || status === "skipped" ? since : undefined;

/** Of work that was done here: what was done before, or nobody tried, holds nothing up. */
function lastFinished({ tasks }: ExecutionHistory): TaskHistory | undefined {
  let last: TaskHistory | undefined;
  for (const task of tasks.values())
    if (task.attempts.length > 0 && task.status === "done" && task.since >= (last?.since ?? 0))
      last = task;
  return last;
}

interface Walk {
  readonly until: number;
  readonly releases: readonly Release[];
  readonly ends: readonly Release[];
  readonly links: ChainLink[];
}

interface Cause {
  readonly task: string;
  readonly at: number;
  readonly why: ChainCause;
}

const partOf = (
  { status, final }: Stretch,
  kind: TaskHistory["planned"]["kind"],
): ChainPart | undefined =>
  status === "running" && kind === "verification" ? "verify" : final ? "person" : PARTS[status];

/** Add the links of a task, from its end back to what its first attempt had waited for; gives that, if it is another task. */
function backToCause(history: ExecutionHistory, task: TaskHistory, walk: Walk): Cause | undefined {
  const { key } = task.planned;
  const { stretches } = task;
  for (let index = stretches.length - 1; index >= 0; index--) {
    const stretch = stretches[index];
    if (!stretch || stretch.from >= walk.until) continue;
    const { status, attempt, from, to = walk.until } = stretch;
    const part = partOf(stretch, task.planned.kind);
    if (part)
      pushLinks(walk, task, { part, task: key, attempt, from, to: Math.min(to, walk.until) });
    if (status !== "running") continue;
    const cause = causeOf(history, task, { walk, index, from });
    const { at, why } = cause;
    walk.links.push({ part: "dispatch", task: key, attempt, from: at, to: from, after: why });
    if (why.kind !== "again") return cause.task === "" ? undefined : cause;
  }
  if (stretches.some(({ status }) => status === "running")) return undefined;
  const link = walk.links.at(-1);
  return throughParts(history, task, link?.task === key ? { ...walk, until: link.from } : walk);
}

/** An agent was at work as long as it says, in the last part of the time in which it was asked. */
function pushLinks({ links }: Walk, { attempts }: TaskHistory, link: ChainLink): void {
  const { workMs } = attempts.find(({ number }) => number === link.attempt) ?? {};
  const begun = link.part === "work" && workMs !== undefined ? link.to - workMs : link.from;
  if (begun <= link.from) return void links.push(link);
  links.push({ ...link, from: begun }, { ...link, part: "prepare", to: begun });
}

/** What nobody tried was done by its parts, or set aside by a person. */
function throughParts(
  history: ExecutionHistory,
  { planned: { key, waitsFor, parts = [] } }: TaskHistory,
  { until, links }: Walk,
): Cause | undefined {
  const cause = latest([
    { task: "", at: history.startedAt, why: { kind: "start" } },
    ...dependencies(history, [...waitsFor, ...parts], until),
  ]);
  const { at, why } = cause;
  links.push({ part: "dispatch", task: key, attempt: 0, from: at, to: until, after: why });
  return cause.task === "" ? undefined : cause;
}

/** A start that follows so soon needs no other explanation. */
const AT_ONCE_MS = 2_000;

function causeOf(
  history: ExecutionHistory,
  { planned, stretches }: TaskHistory,
  { walk, index, from }: { readonly walk: Walk; readonly index: number; readonly from: number },
): Cause {
  const before = stretches[index - 1];
  const again = stretches.findIndex(({ status }) => status === "running") < index;
  const own: Cause =
    again && before
      ? { task: "", at: before.from, why: { kind: "again" } }
      : { task: "", at: history.startedAt, why: { kind: "start" } };
  const worker = lastBefore(walk.releases, from, planned.key);
  const known = latest([
    own,
    ...(worker ? [{ ...worker, why: { kind: "worker", task: worker.task } } as const] : []),
    ...dependencies(history, planned.waitsFor, from),
  ]);
  if (from - known.at <= AT_ONCE_MS) return known;
  const beside = lastBefore(walk.ends, from, planned.key);
  return beside && beside.at > known.at && from - beside.at <= AT_ONCE_MS
    ? { ...beside, why: { kind: "beside", task: beside.task } }
    : known;
}

const dependencies = (
  { tasks }: ExecutionHistory,
  waitsFor: readonly string[],
  until: number,
): readonly Cause[] =>
  waitsFor.flatMap((key) => {
    const task = tasks.get(key);
    const at = task && finishedAt(task);
    if (at === undefined || at > until) return [];
    return [{ task: key, at, why: { kind: "dependency", task: key } }];
  });

/** Of several at one time the last: what was depended on. */
const latest = (causes: readonly Cause[]): Cause =>
  causes.reduce((last, one) => (one.at >= last.at ? one : last));

/** The last that was not after a time, of another task. Binary search. */
function lastBefore(sorted: readonly Release[], time: number, but: string): Release | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle]?.at ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index--) {
    const found = sorted[index];
    if (found && found.task !== but) return found;
  }
  return undefined;
}
