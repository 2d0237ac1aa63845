import { readWorkSpan } from "../../core/work-span.ts";
import type { Estimate } from "../model.ts";
import type { Label, TaskLine } from "./task-line.ts";

/** What the labels of a task say. */
export interface LabelFacts {
  /** As written, without brackets; those at the head, and those behind that are known. */
  readonly labels: readonly string[];
  readonly parallel: boolean;
  readonly verifies: boolean;
  readonly sequential: boolean;
  readonly stories: readonly string[];
  readonly requirements: readonly string[];
  /** `3.2` of `[P:3.2]`. */
  readonly batch: string | undefined;
  readonly estimate: Estimate | undefined;
  readonly priority: string | undefined;
}

const BATCH = /^P\s?:\s?(\S{1,20})$/iu;
const STORY =
  /(?:^|[\s+,/&:])(?:US|user stor(?:y|ies) |story )-?(\d{1,4}[a-z]?)(?=$|[\s+,/&:.-])/giu;
const REQUIREMENT = /(?<![\p{L}\p{N}_-])(?:FR|NFR|SC|UR|AC|REQ)-\d{1,5}[a-z]?(?![\p{L}\p{N}_])/giu;
const REQUIRED = /^req(?:uirement)?s?\s?:\s?(.{1,200})$/iu;
/** What a label behind the words must be to be one, and no part of the sentence. */
const KNOWN_BEHIND =
  /^(?:P|P\s?:\s?\S{1,20}|US-?\d{1,4}[a-z]?|W-[A-Z]{1,2}|B|SYNC|VERIFY|SEQUENTIAL|deps?\s?:.{1,200}|req(?:uirement)?s?\s?:.{1,200}|story\s?:.{1,60}|P\d)$/iu;

/** Read what labels mean. `[VERIFY]` and `[SEQUENTIAL]` are stronger than `[P]` (smart-ralph). */
export function readLabelFacts({ labels, text }: TaskLine): LabelFacts {
  const known = labels.filter((label) => !label.trailing || isKnown(label));
  const names = known.map((label) => label.text);
  const has = (name: string): boolean => names.some((label) => label.toUpperCase() === name);
  const batch = names.map((name) => BATCH.exec(name)?.[1]).find((name) => name !== undefined);
  const verifies = has("VERIFY");
  const sequential = has("SEQUENTIAL") || has("SEQ");
  const time = names.map(readWorkSpan).find((span) => span !== undefined);
  return {
    labels: names,
    parallel: !verifies && !sequential && (batch !== undefined || has("P") || has("PARALLEL")),
    verifies,
    sequential,
    stories: [...new Set(names.flatMap(storiesIn))],
    requirements: [...new Set([...requirementsIn(text), ...names.flatMap(requiredBy)])],
    batch,
    estimate: time && { ...time, source: "text" },
    priority: names.find((name) => /^P\d$/.test(name)),
  };
}

const isKnown = ({ text }: Label): boolean =>
  KNOWN_BEHIND.test(text) || readWorkSpan(text) !== undefined;

const storiesIn = (label: string): string[] => {
  if (!/\d/.test(label)) return [];
  const found = [...label.matchAll(STORY)].map(([, number = ""]) => `US${number}`);
  return found.length > 0 || !/^US[\d\s,/+&-]{1,40}$/i.test(label)
    ? found
    : [...label.matchAll(/\d{1,4}/g)].map(([number]) => `US${number}`);
};

export const requirementsIn = (text: string): string[] =>
  text.includes("-") ? [...text.matchAll(REQUIREMENT)].map(([id]) => id.toUpperCase()) : [];

const requiredBy = (label: string): string[] =>
  (REQUIRED.exec(label)?.[1] ?? "").split(/[\s,;]{1,8}/).filter((id) => /\d/.test(id));
