/** What a person read out of a plan, and how well a reader finds the same. */
import { readFileSync } from "node:fs";
import type { BoxState, Plan } from "../../../src/plan/model.ts";

/** `<name>.truth.json`, read by hand: dependencies and sequences are those that the text states, not those that follow from phases. */
export interface Truth {
  /** A title that is left out is not compared. */
  readonly phases: readonly (readonly [key: string, title?: string])[];
  readonly tasks: readonly {
    readonly key: string;
    readonly phase?: string;
    readonly state: BoxState;
    readonly parent?: string;
  }[];
  readonly dependencies: readonly (readonly [dependency: string, dependent: string])[];
  /** What phases say that they wait for, where phases do not just run in order. */
  readonly phaseDependencies?: readonly (readonly [dependency: string, dependent: string])[];
  readonly sequences: readonly (readonly string[])[];
  readonly verifications: readonly string[];
}

/** Of how many found things there are, and how many of those that are there were found; 1 where there are none. */
export interface Recall {
  readonly precision: number;
  readonly recall: number;
  readonly missing: readonly string[];
  readonly wrong: readonly string[];
}

export interface Comparison {
  readonly phases: Recall;
  /** Key, phase, state and parent together. */
  readonly tasks: Recall;
  readonly ids: Recall;
  readonly dependencies: Recall;
  readonly sequences: Recall;
  readonly verifications: Recall;
}

/** Origins of edges that a text states. */
const STATED = new Set(["explicit", "same-file", "story"]);

const taskOf = (task: {
  readonly key: string;
  readonly phase?: string | undefined;
  readonly state: BoxState;
  readonly parent?: string | undefined;
}): string => [task.key, task.phase ?? "-", task.state, task.parent ?? "-"].join(" | ");

export function compareWithTruth(plan: Plan, truth: Truth): Comparison {
  const untitled = new Set(
    truth.phases.flatMap(([key, title]) => (title === undefined ? [key] : [])),
  );
  const stated = plan.dependencies.filter(({ origin }) => STATED.has(origin));
  return {
    phases: recallOf(
      plan.phases.map(({ key, title }) => (untitled.has(key) ? key : `${key}: ${title}`)),
      truth.phases.map(([key, title]) => (title === undefined ? key : `${key}: ${title}`)),
    ),
    tasks: recallOf(
      plan.tasks.map((task) => taskOf({ ...task, state: task.box?.state ?? "open" })),
      truth.tasks.map(taskOf),
    ),
    ids: recallOf(
      plan.tasks.map(({ key }) => key),
      truth.tasks.map(({ key }) => key),
    ),
    dependencies: recallOf(
      stated.map(({ dependency, dependent }) => `${dependent} waits for ${dependency}`),
      truth.dependencies.map(([dependency, dependent]) => `${dependent} waits for ${dependency}`),
    ),
    sequences: recallOf(
      plan.sequences.map(({ tasks }) => tasks.join(", ")),
      truth.sequences.map((tasks) => tasks.join(", ")),
    ),
    verifications: recallOf(
      plan.verifications.map(({ key }) => key),
      truth.verifications,
    ),
  };
}

export function recallOf(found: readonly string[], wanted: readonly string[]): Recall {
  const [have, want] = [new Set(found), new Set(wanted)];
  const missing = [...want].filter((one) => !have.has(one));
  const wrong = [...have].filter((one) => !want.has(one));
  const right = want.size - missing.length;
  return {
    precision: have.size === 0 ? 1 : right / have.size,
    recall: want.size === 0 ? 1 : right / want.size,
    missing,
    wrong,
  };
}

/** What a comparison found missing or wrong, as text; empty where all is found. */
export const differences = (comparison: Comparison): readonly string[] =>
  Object.entries(comparison).flatMap(([what, { missing, wrong }]: [string, Recall]) => [
    ...missing.map((one) => `${what}: missing ${one}`),
    ...wrong.map((one) => `${what}: wrong ${one}`),
  ]);

export const readTruth = (file: string): Truth => JSON.parse(readFileSync(file, "utf8")) as Truth;
