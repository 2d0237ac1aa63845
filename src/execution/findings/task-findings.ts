import { codeSpan, inlineText } from "../../core/markdown/inline-text.ts";
import { findingsText } from "../../plan/status/findings.ts";
import { NO_NOTES, type TaskNotes } from "../checkpoints/task-notes.ts";
import type { CheckEvidence } from "../evidence.ts";
import type { TaskState } from "../task-state.ts";

export interface TaskFindings {
  /** As the plan writes it: `1.1`. */
  readonly id: string;
  readonly title: string;
  readonly state: TaskState;
  readonly notes?: TaskNotes;
  readonly agent?: string;
  /** Milliseconds since 1970. */
  readonly startedAt?: number;
  readonly endedAt?: number;
}

/** S4's words for states (FORMATS §1.3). */
const STATES: Readonly<Record<TaskState["status"], string>> = {
  open: "pending",
  running: "in_progress",
  verifying: "in_progress",
  landing: "in_progress",
  done: "completed",
  failed: "failed",
  blocked: "blocked",
  skipped: "skipped",
};

/** What became of a task, as a file of findings in S4's form: head, summary, details, files. All that others wrote is inert in it. */
export function taskFindings(given: TaskFindings): string {
  const { id, title, state, notes = NO_NOTES, startedAt, endedAt } = given;
  const text = findingsText(
    {
      id,
      description: inlineText(title),
      status: STATES[state.status],
      ...(startedAt !== undefined && { startedAt: time(startedAt) }),
      ...(endedAt !== undefined && state.status === "done" && { completedAt: time(endedAt) }),
      ...(startedAt !== undefined &&
        endedAt !== undefined && { durationMs: Math.max(0, endedAt - startedAt) }),
    },
    summaryOf(state, notes),
    detailsOf(given, notes),
  );
  const changed =
    state.status === "done" && state.evidence.kind === "work" ? state.evidence.changed : [];
  const files =
    changed.length === 0
      ? "None."
      : [
          ...changed.slice(0, NAMED).map((path) => `- ${codeSpan(path)}`),
          ...(changed.length > NAMED ? [`- and ${changed.length - NAMED} more`] : []),
        ].join("\n");
  return `${text}\n## Files Modified\n\n${files}\n`;
}

const time = (at: number): string => new Date(at).toISOString();

/** So many files are named. */
const NAMED = 200;

function summaryOf(state: TaskState, { summary }: TaskNotes): string {
  const said = summary === undefined ? [] : [inlineText(summary)];
  switch (state.status) {
    case "done":
      return [...said, doneBy(state)].join("\n\n");
    case "failed":
      return [inlineText(state.reason.message), ...said].join("\n\n");
    case "blocked":
      return [inlineText(state.question.message), ...said].join("\n\n");
    case "skipped":
      return `Left out by ${inlineText(state.by)}: ${inlineText(state.why)}`;
    case "open":
    case "running":
    case "verifying":
    case "landing":
      return said.join("\n\n") || "Not finished.";
  }
}

function doneBy({ evidence }: Extract<TaskState, { readonly status: "done" }>): string {
  switch (evidence.kind) {
    case "work":
      return evidence.commit === undefined
        ? "Done; there was nothing to land."
        : `Done, verified and landed as ${codeSpan(evidence.commit)}.`;
    case "parts":
      return `Done with its parts: ${evidence.parts.map(codeSpan).join(", ")}.`;
    case "plan":
      return "The plan said so before the run began.";
    case "person":
      return `${inlineText(evidence.by)} says so: ${inlineText(evidence.note)}`;
  }
}

function detailsOf({ state, agent }: TaskFindings, notes: TaskNotes): string {
  const checks: readonly CheckEvidence[] =
    state.status === "done" && state.evidence.kind === "work" ? state.evidence.checks : [];
  const missing =
    state.status === "done" && state.evidence.kind === "work" ? state.evidence.missing : undefined;
  const parts = [
    ...(agent === undefined ? [] : [`**Agent:** ${inlineText(agent)}${attemptOf(state)}`]),
    list(
      "Checks",
      checks.map(
        ({ name, by, command, outcome }) =>
          `${inlineText(name)}: ${inlineText(outcome)}${command === undefined ? "" : ` (${codeSpan(command)})`}${by === "judged" ? ", judged by an agent" : ""}`,
      ),
    ),
    list("Declared, Not There", (missing ?? []).map(codeSpan)),
    list(
      "Issues and resolutions",
      notes.issues.map(
        ({ attempt, problem, resolution }) =>
          `Attempt ${attempt}: ${inlineText(problem)} – ${resolution === undefined ? "open" : inlineText(resolution)}`,
      ),
    ),
    list(
      "Deviations",
      notes.deviations.map(({ text, source }) => `${inlineText(text)} (${source})`),
    ),
    ...(notes.notes === undefined ? [] : [`### Notes\n\n${inlineText(notes.notes)}`]),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "None." : parts.join("\n\n");
}

const attemptOf = (state: TaskState): string =>
  state.status === "done" && state.evidence.kind === "work"
    ? `, attempt ${state.evidence.attempt}`
    : "";

const list = (heading: string, items: readonly string[]): string =>
  items.length === 0 ? "" : `### ${heading}\n\n${items.map((item) => `- ${item}`).join("\n")}`;
