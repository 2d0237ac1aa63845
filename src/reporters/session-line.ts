import type { SessionEvent } from "../core/session-event.ts";
import { oneLine } from "../core/text.ts";

const list = (names: readonly string[]) => oneLine(names.join(", "), 200);
const because = (reason: string) => (reason === "" ? "" : `: ${oneLine(reason, 300)}`);
const within = (minutes: number) => (minutes === 0 ? "at once" : `after ${minutes} minutes`);

/** One event of sessions, thresholds, risks, gates of waves and checkpoints as one plain line. */
export function sessionLine(event: SessionEvent): string {
  switch (event.type) {
    case "session-advanced":
      return `${event.session} is ${event.to}, ${event.done} of ${event.of} finished${because(event.why)}`;
    case "message-sent":
      return `message ${event.message} (${event.kind}) from ${oneLine(event.from, 60)} to ${list(event.to)}${because(event.text)}`;
    case "escalation-raised":
      return `escalated to ${oneLine(event.to, 60)} ${within(event.afterMinutes)}, ${event.rule}: ${oneLine(event.about, 80)}${because(event.text)}`;
    case "escalation-settled":
      return `settled ${within(event.afterMinutes)}: ${event.concern} of ${oneLine(event.about, 80)}`;
    case "risk-raised":
      return `risk ${oneLine(event.risk, 60)} (${event.level}) has come true, ${event.metric} is ${event.value} ${event.unit}: ${oneLine(event.name, 120)}; ${oneLine(event.owner, 60)}: ${list(event.response)}`;
    case "risk-settled":
      return `risk ${oneLine(event.risk, 60)} is over: ${oneLine(event.name, 120)}`;
    case "wave-judged":
      return waveLine(event);
    case "checkpoint-taken":
      return `${event.checkpoint}: ${oneLine(event.title, 120)}, ${event.done} of ${event.of} finished, issues ${event.issues}, deviations ${event.deviations}${event.rollback ? `, back to it: ${oneLine(event.rollback.ref, 200)}` : ""}`;
    case "notice-sent":
      return `told ${oneLine(event.to, 120)} of ${event.of} (${oneLine(event.about, 80)}): ${event.outcome}${because(event.reason ?? "")}`;
  }
}

function waveLine(event: Extract<SessionEvent, { readonly type: "wave-judged" }>): string {
  const unmet = event.criteria.filter(({ outcome }) => outcome !== "met");
  const words =
    event.outcome === "passed"
      ? `passed${event.by === undefined ? "" : ` by ${oneLine(event.by, 60)}`}`
      : event.outcome === "failed"
        ? "failed"
        : `waits for ${list(event.approvers)}`;
  const shown = unmet.map(({ text, outcome, shown: why }) =>
    outcome === "unmet" ? `${text} (${why})` : `${text}?`,
  );
  return `${event.gate} ${words}${because(shown.join("; "))}`;
}
