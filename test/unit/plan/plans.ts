import type { FilePlace } from "../../../src/core/place.ts";
import type { Phase, Plan, Task, Verification } from "../../../src/plan/model.ts";

export const place = (line: number): FilePlace => ({ file: "plan.md", line, column: 1 });

let line = 0;

/** A task as a reader would make it: `1.2` belongs to phase 1, unless told otherwise. */
export const task = (key: string, more: Partial<Task> = {}): Task => ({
  key,
  id: key,
  place: place(++line),
  box: undefined,
  text: `Do ${key}`,
  details: [],
  phase: key.split(".")[0],
  parent: undefined,
  parallel: undefined,
  verifies: false,
  labels: [],
  stories: [],
  requirements: [],
  files: [],
  ...more,
});

/** A phase that waits for those before it, as a reader of a dialect with ordered phases fills it. */
export const phase = (key: string, after: readonly string[], more: Partial<Phase> = {}): Phase => ({
  key,
  title: `Phase ${key}`,
  place: place(++line),
  after: after.map((each) => ({
    phase: each,
    origin: "barrier",
    strength: "hard",
    place: place(line),
  })),
  startsWhen: [],
  ...more,
});

export const verification = (key: string, more: Partial<Verification> = {}): Verification => ({
  key,
  blocking: true,
  title: key,
  criteria: [
    {
      text: "It works",
      box: { mark: " ", state: "open", offset: 3 },
      place: { file: "plan.md", line: 1 },
    },
  ],
  commands: [],
  place: place(++line),
  ...more,
});

/** `to` waits for `from`, said by the text. */
export const explicit = (from: string, to: string): Plan["dependencies"][number] => ({
  dependency: from,
  dependent: to,
  origin: "explicit",
  strength: "hard",
  place: place(++line),
});

export const sequence = (...tasks: string[]): Plan["sequences"][number] => ({
  tasks,
  range: tasks.join(", "),
  reason: "one file",
  place: place(++line),
});

export const planOf = (parts: Partial<Plan>): Plan => ({
  file: "plan.md",
  dialect: "plan-file",
  title: "A plan",
  phases: [],
  tasks: [],
  verifications: [],
  dependencies: [],
  sequences: [],
  upstream: [],
  diagnostics: [],
  ...parts,
});
