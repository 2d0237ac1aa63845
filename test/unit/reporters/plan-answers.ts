import type { ConflictsAnswer } from "../../../src/plan/answers/conflicts-answer.ts";
import type { DepsAnswer, GraphNode } from "../../../src/plan/answers/deps-answer.ts";
import type { EditAnswer } from "../../../src/plan/answers/edit-answer.ts";
import type { ListAnswer } from "../../../src/plan/answers/list-answer.ts";
import type { NextAnswer } from "../../../src/plan/answers/next-answer.ts";
import type { PhasesAnswer } from "../../../src/plan/answers/phases-answer.ts";
import type { PlanHead, Tally, TaskLine } from "../../../src/plan/answers/plan-head.ts";
import type { PhaseStanding, StatusAnswer } from "../../../src/plan/answers/status-answer.ts";
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
    verifications: [{ key: text, ticked: 1, criteria: 3, blocking: true }],
    waitsFor: [text],
  };
  const problems = { errors: 1, warnings: 2, notes: 3 };
  const edge: WhyEdge = {
    dependency: text,
    text,
    state: "failed",
    origin: "sequential",
    place,
    reason: text,
  };
  const node: GraphNode = {
    key: text,
    kind: "task",
    text,
    state: "open",
    phase: text,
    place,
    wave: 1,
    critical: true,
    minutes: 90,
    fanIn: 2,
    fanOut: 3,
  };
  const touch = { task: text, access: "write", guessed: true } as const;
  return {
    status: {
      plan,
      tally,
      phases: [phase, { ...phase, state: "failed", tally }],
      outside: tally,
      running: [task],
      failed: [{ ...task, state: "failed", error: text }],
      next: [task],
      problems,
      statusFile: text,
    } satisfies StatusAnswer,
    list: {
      plans: [{ ...plan, phases: 2, tally, problems }],
      current: plan,
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
      rule: "barriers",
      asked: 3,
      tasks: [
        {
          ...task,
          rank: 1,
          estimateMinutes: 30,
          remainingMinutes: 600,
          critical: true,
          holdsUp: 4,
          after: [text],
          files: [text],
        },
      ],
      passedOver: [{ ...task, because: "conflict", beside: text, over: text }],
      running: [task],
      waiting: 2,
      failed: 1,
      tally,
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
        },
      ],
      inferred: true,
      origins: [{ origin: "explicit", edges: 1 }],
      waves: [[text, text, text]],
      width: 1,
      criticalPath: [text],
      criticalMinutes: 90,
      totalMinutes: 300,
      estimated: true,
      cycles: [[text, text]],
    } satisfies DepsAnswer,
    why: {
      plan,
      task,
      verdict: "waits",
      edges: [edge],
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
      diagnostics: [
        {
          code: "PLAN_X",
          severity: "error",
          message: text,
          hint: text,
          place,
          original: "dropped",
        },
      ],
      tally,
      phases: 2,
      dependencies: 3,
    } satisfies ValidateAnswer,
    conflicts: {
      plan,
      files: [{ path: text, touches: [touch, { ...touch, access: "read" }], pairs: 1 }],
      pairs: [
        {
          tasks: [text, text],
          over: [{ path: text, touches: [touch, touch] }],
          guessed: true,
          markedParallel: true,
        },
      ],
      unknown: 1,
      tasks: 3,
    } satisfies ConflictsAnswer,
    edit: {
      plan,
      tasks: [{ key: text, text, before: "open", after: "done", changed: true }],
      lines: [{ file: text, line: 3, removed: text, added: text }],
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
