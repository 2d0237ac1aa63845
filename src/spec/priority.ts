import type { Priority } from "./model.ts";

const PRIORITIES: Readonly<Record<string, Priority>> = {
  "0": "P0",
  "1": "P1",
  "2": "P2",
  "3": "P3",
  "4": "P4",
};

/** `P2`, `(P2)`, `[P2]`, `Priority: P2`, `**P2**`, in any language's label. */
export function priorityIn(text: string): Priority | undefined {
  const match = /(?:^|[\s([（【:：*`|])P([0-4])(?=$|[\s)\]）】,;.*`|])/iu.exec(text);
  return PRIORITIES[match?.[1] ?? ""];
}

/** Begins where blanks begin, so that a long run of them is looked at once. */
const TAIL = /(?<!\s)\s*[([（【]\s*(?:[^()[\]（）【】]{0,30}[:：]\s*)?P[0-4]\s*[)\]）】]\s*/iu;

/** A title without its `(Priority: P1)`; what follows it (e.g. `🎯 MVP`) stays. */
export const withoutPriority = (title: string): string => title.replace(TAIL, " ").trim();
