import { formatDuration } from "../core/duration.ts";
import type { PlanEvent } from "../core/plan-event.ts";
import { oneLine } from "../core/text.ts";

const short = (digest: string) => digest.slice(0, 12);
const list = (names: readonly string[]) => oneLine(names.join(", "), 200);
const because = (reason: string | undefined) => (reason ? `: ${oneLine(reason, 300)}` : "");
const count = (many: number, what: string) => `${many} ${many === 1 ? what : `${what}s`}`;

/** One event of a run that carries out plans as one plain line. */
export function planRunLine(event: PlanEvent): string {
  switch (event.type) {
    case "plan-run-started":
      return `plans started: ${list(event.plans.map(({ file }) => file))}, ${count(event.tasks.length, "task")}, ${count(event.workers, "worker")}, pattern ${oneLine(event.pattern, 40)}, from ${short(event.base)}`;
    case "task-advanced":
      return taskLine(event);
    case "check-finished":
      return `${oneLine(event.task, 80)}: check ${oneLine(event.name, 80)} ${event.outcome}${event.by === "judged" ? " (judged)" : ""} in ${formatDuration(event.durationMs)}${because(event.shown)}`;
    case "landing-started":
      return `landing ${event.batch}: ${list(event.tasks)}`;
    case "landing-finished":
      return landingLine(event);
    case "base-tested":
      return `tests of ${short(event.commit)}, which the run begins from: ${event.outcome} in ${formatDuration(event.durationMs)}${because(event.shown)}`;
    case "target-moved":
      return targetLine(event);
    case "plan-run-finished":
      return `plans ended: ${event.done} done, ${event.failed} failed, ${event.skipped} skipped, ${event.blocked} waiting for a person, ${event.open} open, at ${short(event.head)}`;
    case "plan-changed":
    case "plan-refused":
    case "plan-marked":
    case "plan-replanned":
      return planLine(event);
    case "plan-run-held":
    case "plan-run-resumed":
    case "sync-point-reached":
    case "sync-point-released":
    case "word-refused":
      return personLine(event);
  }
}

type Of<T extends PlanEvent["type"]> = Extract<PlanEvent, { readonly type: T }>;

function taskLine(event: Of<"task-advanced">): string {
  const who = event.by ?? event.agent;
  const parts = [
    `${oneLine(event.task, 80)}: ${event.event === "retry-due" ? "is tried again" : event.event}`,
    ...(event.attempt > 0 ? [`attempt ${event.attempt}`] : []),
    ...(who == null ? [] : [`by ${oneLine(who, 60)}`]),
    ...(event.says === undefined ? [] : [oneLine(event.says, 60)]),
    ...(event.durationMs === undefined ? [] : [`in ${formatDuration(event.durationMs)}`]),
    ...(event.waitMs === undefined ? [] : [`again in ${formatDuration(event.waitMs)}`]),
    ...(event.commit === undefined ? [] : [short(event.commit)]),
    ...(event.missing ? [`declared, not there: ${list(event.missing)}`] : []),
  ];
  return `${parts.join(", ")}${because(event.question?.message ?? event.reason?.message)}`;
}

function landingLine({ batch, head, landed, conflicted, failed }: Of<"landing-finished">): string {
  const parts = [
    ...(landed.length > 0 ? [`landed ${list(landed.map(({ task }) => task))}`] : []),
    ...(conflicted.length > 0 ? [`conflict in ${list(conflicted.map(({ task }) => task))}`] : []),
    ...(failed.length > 0 ? [`failed ${list(failed.map(({ task }) => task))}`] : []),
  ];
  return `landing ${batch}: ${parts.join("; ") || "nothing"}, head ${short(head)}`;
}

function targetLine({ branch, theirs, head, left }: Of<"target-moved">): string {
  const name = oneLine(branch.replace(/^refs\/heads\//, ""), 100);
  return left === null
    ? `${name} was moved meanwhile to ${short(theirs ?? "")}: merged and tested, it goes on at ${short(head)}`
    : `${name} is left where it is: ${oneLine(left, 300)}`;
}

type PersonEvent =
  | Of<"plan-run-held">
  | Of<"plan-run-resumed">
  | Of<"sync-point-reached">
  | Of<"sync-point-released">
  | Of<"word-refused">;

/** What a person is asked, and says. */
function personLine(event: PersonEvent): string {
  switch (event.type) {
    case "plan-run-held":
      return `held: ${oneLine(event.code, 60)}${because(event.reason)} (${oneLine(event.hint, 200)})`;
    case "plan-run-resumed":
      return `resumed by ${oneLine(event.by, 60)}${because(event.note)}`;
    case "sync-point-reached":
      return `sync point ${oneLine(event.point, 80)} reached: waits for a person`;
    case "sync-point-released":
      return `sync point ${oneLine(event.point, 80)} released by ${oneLine(event.by, 60)}`;
    case "word-refused":
      return `not done for ${oneLine(event.by, 60)}${because(event.reason)}`;
  }
}

function planLine(
  event: Of<"plan-changed"> | Of<"plan-refused"> | Of<"plan-marked"> | Of<"plan-replanned">,
): string {
  switch (event.type) {
    case "plan-changed":
      return `plan changed: ${list(event.edits.map(({ task, what }) => `${task} ${what}`))}`;
    case "plan-refused":
      return `change of ${oneLine(event.plan, 100)} not taken: ${event.code}${because(event.reason)}`;
    case "plan-marked":
      return `${oneLine(event.plan, 100)}: ${list(event.tasks)} ${event.problem === undefined ? "" : "not "}marked ${event.state}${because(event.problem)}`;
    case "plan-replanned":
      return `planned anew: ${oneLine(event.why, 200)} (factor ${event.factor.toFixed(2)} by ${count(event.measured, "task")})`;
  }
}
