import { formatDuration } from "../core/duration.ts";
import type { RaisedCap } from "../core/budget-figures.ts";
import type { RunEvent } from "../core/event.ts";
import { isPlanEvent } from "../core/plan-event.ts";
import { isSessionEvent } from "../core/session-event.ts";
import { oneLine } from "../core/text.ts";
import { microOf } from "../stage/budget/amount.ts";
import { scopeWords } from "../stage/budget/cap.ts";
import { amountWords } from "../stage/budget/reached.ts";
import { planRunLine } from "./plan-run-line.ts";
import { ruleText } from "./rule-lines.ts";
import { sandboxText } from "./sandbox-line.ts";
import { sessionLine } from "./session-line.ts";

const short = (digest: string) => digest.slice(0, 12);
const list = (names: readonly string[]) => oneLine(names.join(", "), 200);
const because = (reason: string | undefined) => (reason ? `: ${oneLine(reason, 300)}` : "");

/** One event as one plain line, for logs and places without a live view. */
export function eventLine(event: RunEvent): string {
  if (isPlanEvent(event)) return planRunLine(event);
  if (isSessionEvent(event)) return sessionLine(event);
  if ("role" in event) return roleLine(event);
  if ("stage" in event) return stageLine(event);
  switch (event.type) {
    case "run-started":
      return `run started: ${event.workflow} of ${oneLine(event.subject, 200)} (${short(event.digest)})`;
    case "run-taken-over":
      return `run taken over from ${oneLine(event.from)} by ${oneLine(event.by)}`;
    case "child-taken": {
      const from = event.from === undefined ? "" : `, from ${oneLine(event.from)} which died`;
      return `${oneLine(event.child, 100)} taken by process ${event.pid} on ${oneLine(event.host, 60)}${from}`;
    }
    case "run-finished":
      return `run ${event.status}${because(event.message)}`;
  }
}

type RoleEvent = Extract<RunEvent, { readonly role: string }>;

function roleLine(event: RoleEvent): string {
  const role = oneLine(event.role, 60);
  switch (event.type) {
    case "agent-started":
      return `${role}: ${oneLine(event.agent, 60)} started, attempt ${event.attempt}`;
    case "agent-finished":
      if (event.cache?.outcome === "hit")
        return `${role}: ${oneLine(event.agent, 60)} not asked: an earlier answer was taken${because(event.cache.earlier?.runId)}`;
      return `${role}: ${oneLine(event.agent, 60)} ${event.outcome} in ${formatDuration(event.durationMs)}${because(event.reason)}`;
    case "agent-retried":
      return `${role}: trying again in ${formatDuration(event.waitMs)}${because(event.reason)}`;
    case "role-settled":
      return `${role}: ${event.status}${because(event.summary)}`;
  }
}

type StageEvent = Exclude<Extract<RunEvent, { readonly stage: string }>, RoleEvent>;

function stageLine(event: StageEvent): string {
  const stage = oneLine(event.stage, 60);
  switch (event.type) {
    case "stage-started":
      return `${stage} started: ${list(event.roles)} (${event.concurrency} at once, ${event.profile})`;
    case "stage-skipped":
      return `${stage} skipped${because(event.reason)}`;
    case "depth-chosen":
      return `${stage}: ${event.level} complexity (${event.complexity}), depth ${list(Object.entries(event.depths).map(([role, depth]) => `${role} ${depth}`))}`;
    case "rule-fired":
      return `${stage}: rule ${ruleText(event)}`;
    case "sandbox-checked":
      return `${stage}: ${sandboxText(event)}`;
    case "draft-iterated":
      return `draft ${event.iteration} of ${event.of}: ${event.findings} findings in the one before, changed ${event.changed.length === 0 ? "nothing" : list(event.changed)}`;
    case "quorum-tallied":
      return `quorum ${event.met ? "met" : "lost"}: ${event.succeeded.length} of ${event.succeeded.length + event.missing.length} answered${because(event.because)}`;
    case "review-finished":
      return `review: quality ${event.qualityScore}, conflicts ${event.conflicts} (${event.escalated} escalated), gaps ${event.gaps}, open questions ${event.openQuestions}`;
    case "checks-run":
      return `checks: ${event.passed} passed, ${event.failed.length} failed${because(event.failed.join("; "))}`;
    case "rework-requested":
      return `rework, round ${event.round}${because(event.reasons.join("; "))}`;
    case "artifact-proposed":
      return `proposed ${oneLine(event.name)} (${short(event.digest)}, ${event.bytes} bytes)`;
    case "stage-signed-off":
      return `QA ${event.signedOff ? "signed off" : "did not sign off"}${because(event.notes)}`;
    case "document-skipped":
      return `left out ${oneLine(event.name, 200)}: ${oneLine(event.reason, 200)}`;
    case "stage-resumed":
      return `${stage} resumed by ${oneLine(event.by, 60)}${(event.raised ?? []).map(raisedText).join("")}${because(event.note)}`;
    case "stage-held":
      return `${stage} held: ${event.code}${because(event.reason)} (${oneLine(event.hint, 200)})`;
    case "budget-reached":
      return `${stage}: budget reached: ${event.caps.map(reachedText).join(", ")}`;
    case "stages-voided":
      return voidedLine(event);
    case "provider-slowed":
      return slowedLine(event);
    case "work-requested":
      return `${stage}: ${oneLine(event.message, 300)} ${oneLine(event.hint, 300)}`;
    case "artifact-written":
      return `wrote ${oneLine(event.path, 200)} (${short(event.digest)})`;
    case "gate-opened":
    case "gate-decided":
    case "gate-voided":
      return gateLine(event);
  }
}

/** `anthropic slowed (rate-limited): 4 calls at once, before 8; none for 30 s`. */
export function slowedLine({
  provider,
  because: kind,
  from,
  to,
  waitMs,
}: Extract<RunEvent, { readonly type: "provider-slowed" }>): string {
  const calls = to === null ? "as many calls at once as before" : `${to} at once`;
  const before = from === null || from === to ? "" : `, before ${from}`;
  const wait = waitMs > 0 ? `; none for ${formatDuration(waitMs)}` : "";
  return `${oneLine(provider, 60)} slowed (${oneLine(kind, 40)}): ${calls}${before}${wait}`;
}
const amount = (value: number, unit: RaisedCap["unit"]) =>
  amountWords(
    unit === "tokens" ? value : microOf(value),
    unit === "tokens" ? "tokens" : "microUsd",
  );

const reachedText = ({
  unit,
  spent,
  cap,
  needs,
  ...scope
}: Extract<StageEvent, { readonly type: "budget-reached" }>["caps"][number]): string =>
  `${amount(spent, unit)} of ${amount(cap, unit)} for ${oneLine(scopeWords(scope), 100)}, the next work needs ${needs === null ? "nobody knows how much" : amount(needs, unit)}`;

const raisedText = ({ unit, to, ...scope }: RaisedCap): string =>
  `, who raised the limit of ${oneLine(scopeWords(scope), 100)} to ${amount(to, unit)}`;

function voidedLine({
  reason,
  by,
  asksAgain,
  runAgain,
}: Extract<StageEvent, { readonly type: "stages-voided" }>): string {
  const costs = [
    ...(asksAgain === null ? [] : [`${oneLine(asksAgain, 60)} asks again`]),
    ...runAgain.map(({ stage, roles }) => `${oneLine(stage, 60)} runs again (${list(roles)})`),
  ];
  return `voided by ${oneLine(by, 60)}${because(reason)}; ${costs.join(", ")}`;
}

type GateEvent = Extract<RunEvent, { readonly type: `gate-${string}` }>;

function gateLine(event: GateEvent): string {
  const gate = `gate ${event.round} of ${oneLine(event.stage, 60)}`;
  switch (event.type) {
    case "gate-opened":
      return `${gate} opened on ${short(event.digest)}${because(event.prompt)}`;
    case "gate-decided":
      return `${gate} decided by ${oneLine(event.by, 60)}: ${event.decision}${because(event.reason)}`;
    case "gate-voided":
      return `${gate} voided${because(event.reason)}`;
  }
}
