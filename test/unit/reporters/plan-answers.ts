import type { AppendAnswer } from "../../../src/plan/answers/append-answer.ts";
import type { ConflictsAnswer } from "../../../src/plan/answers/conflicts-answer.ts";
import type { DepsAnswer, ShownNode } from "../../../src/plan/answers/deps-answer.ts";
import type { EditAnswer } from "../../../src/plan/answers/edit-answer.ts";
import type { FindingsAnswer } from "../../../src/plan/answers/findings-answer.ts";
import type { ListAnswer } from "../../../src/plan/answers/list-answer.ts";
import type { NextAnswer } from "../../../src/plan/answers/next-answer.ts";
import type { PhasesAnswer } from "../../../src/plan/answers/phases-answer.ts";
import type { PlanHead, Tally, TaskLine } from "../../../src/plan/answers/plan-head.ts";
import type { PhaseStanding, StatusAnswer } from "../../../src/plan/answers/status-answer.ts";
import type { PlanDiagnostic } from "../../../src/plan/model.ts";
import type { ResourceUse } from "../../../src/plan/resources/model.ts";
import type { ValidateAnswer } from "../../../src/plan/answers/validate-answer.ts";
import type { WhyAnswer, WhyEdge } from "../../../src/plan/answers/why-answer.ts";

/** Answers of every kind, with one text wherever text of a plan can be. */
export function answersWith(text: string) {
  const place = { file: text, line: 12, column: 3 };
  const plan: PlanHead = {
    file: text,
    name: text,
    dialect: "plan-file",
    title: text,
    foundBy: { rule: "current-plan", source: text },
  };
  const tally: Tally = {
    tasks: 7,
    open: 2,
    inProgress: 1,
    done: 2,
    failed: 1,
    skipped: 1,
    percent: 42,
  };
  const task: TaskLine = { key: text, text, state: "in-progress", phase: text, place };
  const phase: PhaseStanding = {
    key: text,
    title: text,
    place,
    state: "waiting",
    tally: { ...tally, failed: 0, inProgress: 0 },
    verifications: [{ key: text, ticked: 1, criteria: 3, blocking: true, passed: false }],
    waitsFor: [text],
  };
  const needsFirst = [{ name: text, reason: text, place }];
  const problems = { errors: 1, warnings: 2, notes: 3 };
  const edge: WhyEdge = {
    dependency: text,
    text,
    state: "failed",
    passed: false,
    origin: "sequential",
    place,
    reason: text,
  };
  const node: ShownNode = {
    key: text,
    kind: "task",
    text,
    state: "open",
    phase: text,
    place,
    wave: 1,
    critical: true,
    minutes: 90,
    minutesFrom: "phase",
    fanIn: 2,
    fanOut: 3,
  };
  const use: ResourceUse = {
    resource: text,
    kind: "file",
    access: "write",
    sure: false,
    source: "mention",
    place,
  };
  const problem: PlanDiagnostic = {
    code: "PLAN_X",
    severity: "error",
    message: text,
    hint: text,
    place,
    original: "dropped",
  };
  const checklist = { file: text, title: text, items: 2, open: [text] };
  return {
    append: {
      plan,
      tasks: [task],
      lines: [{ file: text, line: 3, text }],
    } satisfies AppendAnswer,
    status: {
      plan,
      needsFirst,
      tally,
      phases: [phase, { ...phase, state: "failed", tally }],
      outside: tally,
      running: [task],
      failed: [{ ...task, state: "failed", error: text }],
      next: [task],
      passedOver: [task, task],
      problems,
      statusFile: text,
      runs: (["open", "completed", "failed", "open"] as const).map((state) => ({
        id: text,
        state,
        startedAt: text,
        completedAt: state === "open" ? null : text,
        tasksCompleted: 3,
        tasksFailed: 1,
        place,
      })),
      checklists: [checklist, checklist],
      damaged: problem,
    } satisfies StatusAnswer,
    findings: {
      plan,
      folder: text,
      files: [
        { file: text, tasks: [text, text], phase: null },
        { file: text, tasks: [], phase: text },
        { file: text, tasks: [], phase: null },
      ],
      task: null,
    } satisfies FindingsAnswer,
    taskFindings: {
      plan,
      folder: text,
      files: [],
      task: {
        key: text,
        text,
        texts: [],
        recorded: null,
        ofPhase: [text],
        expected: text,
        unread: [{ file: text, reason: text }],
      },
    } satisfies FindingsAnswer,
    list: {
      plans: [{ ...plan, phases: 2, tally, problems, checklists: [checklist] }],
      current: plan,
      unsure: [text],
      more: true,
      unread: [{ file: text, reason: text }],
    } satisfies ListAnswer,
    phases: {
      plan,
      phases: [
        {
          ...phase,
          objective: text,
          story: text,
          after: [{ phase: text, origin: "barrier", done: false }],
          startsWhen: [{ task: text, place }],
          sequences: [{ range: text, reason: text }],
          parallel: 2,
          width: 3,
          estimate: { minutes: 90, source: "text" },
        },
      ],
    } satisfies PhasesAnswer,
    next: {
      plan,
      needsFirst,
      rule: "barriers",
      asked: 3,
      tasks: [
        {
          ...task,
          rank: 1,
          estimateMinutes: 30,
          estimateFrom: "phase",
          remainingMinutes: 600,
          critical: true,
          holdsUp: 4,
          retry: true,
          after: [text],
          doubts: [{ kind: "circle", message: text, place }],
          writes: [text],
        },
      ],
      passedOver: [{ ...task, because: "conflict", beside: text, over: text }],
      verifications: [task],
      running: [task],
      waiting: 2,
      exhausted: [task],
      tally,
      checklists: [checklist],
    } satisfies NextAnswer,
    deps: {
      plan,
      nodes: [node],
      edges: [
        {
          dependency: text,
          dependent: text,
          origin: "explicit",
          strength: "hard",
          place,
          reason: text,
          redundant: false,
          cut: false,
        },
      ],
      inferred: true,
      dependencies: {
        total: 1,
        origins: [{ origin: "explicit", count: 1 }],
        phases: [{ origin: "barrier", count: 2 }],
      },
      waves: [[text, text, text]],
      width: 1,
      criticalPath: [text],
      criticalMinutes: 90,
      totalMinutes: 300,
      estimates: { text: 1, complexity: 0, phase: 1, default: 0, parts: 0 },
      cycles: [problem],
      rule: "dag",
    } satisfies DepsAnswer,
    why: {
      plan,
      needsFirst,
      rule: "dag",
      task,
      verdict: "waits",
      edges: [edge],
      doubts: [{ kind: "unknown", message: text, place }],
      damaged: problem,
      chain: [edge, edge],
      conflicts: [{ task: text, over: text }],
      dependents: [text],
      holdsUp: 3,
    } satisfies WhyAnswer,
    validate: {
      plan,
      ok: false,
      problems,
      original: { dropped: 1, misread: 1 },
      diagnostics: [problem],
      tally,
      phases: 2,
      dependencies: 3,
    } satisfies ValidateAnswer,
    conflicts: {
      plan,
      conflicts: {
        contentions: [
          {
            resource: text,
            kind: "file",
            users: [
              { task: text, use },
              { task: text, use: { ...use, access: "read" } },
            ],
            writeWrite: 1,
            readWrite: 1,
            colliding: [text],
            listed: [
              {
                a: text,
                b: text,
                resource: text,
                kind: "write-write",
                sure: false,
                exclusive: true,
                sources: ["mention", "mention"],
                places: [place, place],
              },
            ],
          },
        ],
        writeWrite: 1,
        readWrite: 1,
        complete: true,
      },
      hot: [],
      marked: { tasks: 2, colliding: [text] },
      unknown: 1,
      tasks: 3,
      stories: {
        stories: 2,
        files: [{ resource: text, stories: [text, text], tasks: [text, text] }],
        pairs: 1,
      },
      history: {
        commits: 9,
        problem: text,
        likely: [
          {
            task: text,
            writer: text,
            rule: { from: text, to: text, together: 8, changes: 9, confidence: 8 / 9 },
          },
        ],
      },
    } satisfies ConflictsAnswer,
    edit: {
      plan,
      tasks: [{ key: text, text, before: "open", after: "done", changed: true }],
      lines: [{ file: text, line: 3, removed: text, added: text }],
      status: text,
      warnings: [],
    } satisfies EditAnswer,
    progress: {
      plan,
      tally,
      state: "in-progress",
      phases: [phase],
      tasks: [task],
    } as const,
  };
}
