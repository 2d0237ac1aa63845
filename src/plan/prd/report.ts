import { ID_PROBLEMS, type ProblemKind } from "../report.ts";

/** What is told of PRDs and phase files, and what S3's agents and claudeops' parser make of it (FORMATS §2.2, §2.3). */
export const PRD_REPORT = {
  empty: {
    code: "PLAN_PRD_EMPTY",
    severity: "error",
    hint: "Give it headings like `### Phase 1: Name` with tasks below.",
  },
  noTasks: {
    code: "PLAN_PHASE_EMPTY",
    severity: "warning",
    hint: "List its tasks as `- [ ] **Task 1.1** (Parallelizable: Yes) - what to do`.",
  },
  repeated: {
    code: "PLAN_PHASE_REPEATED",
    severity: "info",
    hint: "Nothing to do; give it tasks if it is a phase of its own.",
    original: "misread",
  },
  sameNumber: {
    code: "PLAN_DUPLICATE_PHASE",
    severity: "warning",
    hint: "Number them apart, like 2A and 2B; what waits for the number waits for both.",
  },
  oneFile: {
    code: "PLAN_ONE_FILE",
    severity: "info",
    hint: "Give tasks a `Files:` field of their own where that is not so.",
    original: "dropped",
  },
  ...ID_PROBLEMS,
  prose: {
    code: "PLAN_DEPENDENCY_PROSE",
    severity: "info",
    hint: "Name phases or tasks (`Phase 1`, `Task 2.1`) if it is to wait for one, or None.",
  },
  bullets: {
    code: "PLAN_DEPENDENCY_BULLETS",
    severity: "info",
    hint: "Write `## Dependencies: Phase 1, Phase 2` for tools that read the heading only.",
    original: "dropped",
  },
  all: {
    code: "PLAN_DEPENDENCY_ALL_PREVIOUS",
    severity: "info",
    hint: "Name the phases one by one for tools that take the words for an id.",
    original: "misread",
  },
  path: {
    code: "PLAN_OUTPUT_PATH",
    severity: "info",
    hint: "Nothing to do here; only paths that begin with / are seen by claudeops.",
    original: "dropped",
  },
  notSaid: {
    code: "PLAN_PARALLEL_NOT_SAID",
    severity: "info",
    hint: "Add (Parallelizable: Yes) or (Parallelizable: No) behind each id.",
    original: "misread",
  },
  notBoxed: {
    code: "PLAN_TASK_NOT_BOXED",
    severity: "info",
    hint: "Write them as `- [ ] **Task 1.1** (Parallelizable: Yes) - …`, so that they can be ticked.",
    original: "misread",
  },
  diagramPhase: {
    code: "PLAN_DIAGRAM_PHASE_UNKNOWN",
    severity: "warning",
    hint: "Give the phase a heading of its own, or take the node out of the diagram.",
  },
  diagramDiffers: {
    code: "PLAN_DIAGRAM_CONTRADICTS",
    severity: "warning",
    hint: "Let the diagram and the Dependencies of the phase say the same; what the phase says counts.",
  },
  diagramTasks: {
    code: "PLAN_DIAGRAM_TASKS",
    severity: "info",
    hint: "Name tasks by their ids in the diagram, or write `depends on 1.1` at the task.",
  },
} satisfies Readonly<Record<string, ProblemKind>>;
