import { readEstimate } from "../estimates.ts";
import type { Task } from "../model.ts";
import { readFields } from "../spec-kit/fields.ts";
import { requirementsIn } from "../spec-kit/labels.ts";
import type { DraftTask } from "./drafts.ts";
import type { Reading } from "./reading.ts";
import { placeIn } from "./source.ts";

const PRIORITY = /[([](CRITICAL|HIGH|MEDIUM|LOW|P[0-4])[)\]]/;
const PARALLEL = /^(?:P|PARALLEL)$/i;
const STORY = /\bUS-?(\d{1,4}[a-z]?)\b/g;

/** The tasks as the model has them. */
export function makeTasks({ source, drafts, parallel }: Reading): readonly Task[] {
  return drafts.tasks.map((draft) => {
    const place = placeIn(source, draft.line, bulletAt(draft));
    const fields = readFields(
      draft.details.filter(({ kind }) => kind === "text"),
      source.file,
    );
    const [, priority] =
      PRIORITY.exec(draft.text) ??
      PRIORITY.exec(draft.labels.map((label) => `[${label}]`).join("")) ??
      [];
    const estimate = readEstimate(draft.text, place);
    return {
      key: draft.key,
      id: draft.id,
      place,
      box: draft.box,
      text: draft.text,
      details: draft.details.map(({ number: line, text }) => ({ line, text })),
      phase: draft.phase?.key,
      parent: draft.parent?.key,
      parallel:
        parallel.has(draft.key) || draft.labels.some((label) => PARALLEL.test(label))
          ? true
          : undefined,
      verifies: draft.verifies,
      labels: draft.labels,
      stories: storiesOf(draft.labels),
      requirements: [...new Set([...requirementsIn(draft.text), ...fields.requirements])],
      files: fields.files,
      ...(priority === undefined ? {} : { priority }),
      ...(estimate ? { estimate } : {}),
      ...(fields.command === undefined ? {} : { command: fields.command }),
    };
  });
}

function storiesOf(labels: readonly string[]): readonly string[] {
  if (labels.length === 0) return [];
  return [...new Set(Array.from(labels.join(" ").matchAll(STORY), ([, id = ""]) => `US${id}`))];
}

const bulletAt = ({ line }: DraftTask): number => Math.max(0, line.text.search(/[^\s\uFEFF]/));
