import { oneLine } from "../../core/text.ts";
import type { TaskEvent } from "../task-event.ts";

/** What an agent said of its work, as its report has it (contract `task-report`). It proves nothing; it is told to people. */
export interface TaskReport {
  readonly summary: string;
  readonly issues: readonly { readonly problem: string; readonly resolution: string }[];
  readonly deviations: readonly string[];
  readonly notes: readonly string[];
}

/** What is worth telling of a task, gathered while the run goes on. All texts are safe to show. */
export interface TaskNotes {
  readonly issues: readonly Issue[];
  readonly deviations: readonly Deviation[];
  /** Of the last attempt that reported. */
  readonly summary?: string;
  readonly notes?: string;
}

export interface Issue {
  readonly attempt: number;
  readonly problem: string;
  /** Undefined as long as there is none. */
  readonly resolution?: string;
}

/** Where the work is not what the plan said. */
export interface Deviation {
  readonly text: string;
  /** `observed`: seen in what was changed; `agent`: it says so; `person`: somebody decided so. */
  readonly source: "observed" | "agent" | "person";
}

export const NO_NOTES: TaskNotes = { issues: [], deviations: [] };

/** Of one task so many of each are kept, the last ones: an agent may report without end. */
const MOST = 50;
const LONG = 500;

/** The notes after something happened to the task. `attempt` is the one it happened to. */
export function noted(notes: TaskNotes, event: TaskEvent, attempt: number): TaskNotes {
  switch (event.kind) {
    case "failed":
      return withIssue(notes, { attempt, problem: event.reason.message });
    case "conflicted":
    case "asked":
      return withIssue(notes, { attempt, problem: event.question.message });
    case "accepted":
    case "completed": {
      const { shown } = event.evidence;
      const seen =
        shown.length === 0
          ? notes
          : withDeviation(notes, {
              text: `Changed what the plan does not name: ${shown.join(", ")}`,
              source: "observed",
            });
      return event.kind === "completed" ? resolved(seen, `attempt ${attempt} did it`) : seen;
    }
    case "landed":
      return resolved(notes, `attempt ${attempt} did it`);
    case "person":
      return byPerson(notes, event);
    case "started":
    case "worked":
    case "canceled":
    case "retry-due":
    case "settled":
      return notes;
  }
}

function byPerson(
  notes: TaskNotes,
  { by, says }: Extract<TaskEvent, { readonly kind: "person" }>,
): TaskNotes {
  switch (says.what) {
    case "allow":
      return resolved(notes, `${by} let it pass`);
    case "retry":
      return notes;
    case "refuse":
      return resolved(notes, `${by} refused it: ${says.why}`);
    case "skip":
      return withDeviation(resolved(notes, `${by} left it out: ${says.why}`), {
        text: `Left out: ${says.why}`,
        source: "person",
      });
    case "tick":
      return withDeviation(resolved(notes, `${by} did it: ${says.note}`), {
        text: `Not done by the run: ${says.note}`,
        source: "person",
      });
  }
}

/** The notes with what the agent of an attempt reports. */
export function withReport(notes: TaskNotes, report: TaskReport, attempt: number): TaskNotes {
  const { summary, issues, deviations } = report;
  const words = report.notes.join(" ");
  const own = issues.map(({ problem, resolution }): Issue => ({
    attempt,
    problem: shown(problem),
    ...(resolution.trim() !== "" && { resolution: shown(resolution) }),
  }));
  const told = deviations.map((text): Deviation => ({ text: shown(text), source: "agent" }));
  return {
    issues: last([...notes.issues, ...own]),
    deviations: last(unique([...notes.deviations, ...told])),
    ...(notes.summary !== undefined && { summary: notes.summary }),
    ...(notes.notes !== undefined && { notes: notes.notes }),
    ...(summary.trim() !== "" && { summary: shown(summary) }),
    ...(words.trim() !== "" && { notes: shown(words) }),
  };
}

const shown = (text: string): string => oneLine(text, LONG);

const withIssue = (notes: TaskNotes, issue: Issue): TaskNotes => ({
  ...notes,
  issues: last([...notes.issues, { ...issue, problem: shown(issue.problem) }]),
});

const withDeviation = (notes: TaskNotes, { text, source }: Deviation): TaskNotes => ({
  ...notes,
  deviations: last(unique([...notes.deviations, { text: shown(text), source }])),
});

/** Every issue that is still open is settled by this. */
const resolved = (notes: TaskNotes, resolution: string): TaskNotes =>
  notes.issues.every((issue) => issue.resolution !== undefined)
    ? notes
    : {
        ...notes,
        issues: notes.issues.map((issue) => ({ resolution: shown(resolution), ...issue })),
      };

const last = <T>(all: readonly T[]): readonly T[] => all.slice(-MOST);

const unique = (all: readonly Deviation[]): readonly Deviation[] => [
  ...new Map(all.map((each) => [`${each.source} ${each.text}`, each])).values(),
];
