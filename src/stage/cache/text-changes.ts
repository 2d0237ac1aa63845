import { diffLines } from "../../core/diff.ts";

/** One place where a text changed. */
export interface TextChange {
  /** 1-based, in the later text. */
  readonly line: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Where two texts differ, in the order of the later one. */
export function textChanges(before: string, after: string): readonly TextChange[] {
  const changes: { line: number; removed: string[]; added: string[] }[] = [];
  let line = 1;
  let open: (typeof changes)[number] | undefined;
  for (const { kind, text } of diffLines(before, after)) {
    if (kind === "same") {
      open = undefined;
      line += 1;
      continue;
    }
    if (!open) {
      open = { line, removed: [], added: [] };
      changes.push(open);
    }
    open[kind].push(text);
    if (kind === "added") line += 1;
  }
  return changes;
}
