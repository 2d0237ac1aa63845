import type { BoxState } from "../../../src/plan/model.ts";

/** A tasks.md as Spec Kit's strict grammar has it, to compare with: `- [ ] T012 [P] [US1] Description` below `## Phase N:`. */
export function strictReading(
  text: string,
): { readonly key: string; readonly phase: string | undefined; readonly state: BoxState }[] {
  let phase: string | undefined;
  return text.split("\n").flatMap((line) => {
    phase = /^## Phase ([\w.]+):/.exec(line)?.[1] ?? phase;
    const [, mark, key] = /^- \[([ xX])\] (T\d{3,4}) (?:\[P\] )?(?:\[US\d+\] )?\S/.exec(line) ?? [];
    return key === undefined ? [] : [{ key, phase, state: mark === " " ? "open" : "done" }];
  });
}
