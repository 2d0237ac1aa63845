import type { SessionEvent } from "../../core/session-event.ts";
import type { ConcernEvent, ExecutionHistory } from "./execution-history.ts";

interface Growing {
  concerns: { at: number; event: ConcernEvent }[];
  readonly checkpoints: ExecutionHistory["checkpoints"][number][];
}

/** Take in what happened between tasks: what is raised stays until it is settled, and what is raised again takes its own place. */
export function growConcerns(history: Growing, event: SessionEvent, at: number): void {
  if (event.type === "checkpoint-taken") {
    history.checkpoints.push({ at, event });
    return;
  }
  const name = nameOf(event);
  if (name === undefined) return;
  history.concerns = history.concerns.filter((each) => nameOf(each.event) !== name);
  if (isConcern(event)) history.concerns.push({ at, event });
}

/** What it is about: the same for what raises and what settles it. */
function nameOf(event: SessionEvent): string | undefined {
  switch (event.type) {
    case "escalation-raised":
    case "escalation-settled":
      return JSON.stringify(["escalation", event.concern, event.about]);
    case "risk-raised":
    case "risk-settled":
      return JSON.stringify(["risk", event.risk]);
    case "wave-judged":
      return JSON.stringify(["wave", event.gate]);
    case "session-advanced":
    case "message-sent":
    case "checkpoint-taken":
    case "notice-sent":
      return undefined;
  }
}

const isConcern = (event: SessionEvent): event is ConcernEvent =>
  event.type === "escalation-raised" ||
  event.type === "risk-raised" ||
  (event.type === "wave-judged" && event.outcome !== "passed");
