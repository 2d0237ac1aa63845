import type { PipelineStart } from "./execution-notes.ts";

const ON_ITS_OWN = /\*\*pipeline-start:\*\*\s*when\s+(\d+\.\d+(?:\.\d+)?)\s+complete/gi;
const IN_HEADING = /\(pipeline-start:\s*when\s+(\d+\.\d+(?:\.\d+)?)\s+completes?\)/gi;
const HEADING = /##\s+Phase\s+(\d+)/g;

/**
 * Phases with `pipeline-start: when 1.3 completes`, by number; the first for a phase counts, those on lines of their own before those
 * in headings. One on a line of its own holds for the next text that looks like a heading of any level from 2 on, wherever it stands.
 * Head only: it labels tasks, holds none back, since head knows no order of phases.
 */
export function pipelineStarts(text: string): readonly PipelineStart[] {
  const starts = new Map<number, string>();
  const note = (phase: string | undefined, task: string | undefined): void => {
    const number = Number.parseInt(phase ?? "", 10);
    if (task !== undefined && phase !== undefined && !starts.has(number)) starts.set(number, task);
  };
  const headings = [...text.matchAll(HEADING)];
  let next = 0;
  for (const own of text.matchAll(ON_ITS_OWN)) {
    while ((headings[next]?.index ?? Number.POSITIVE_INFINITY) < own.index) next++;
    note(headings[next]?.[1], own[1]);
  }
  for (const line of text.split("\n")) {
    for (const inline of line.matchAll(IN_HEADING)) {
      // The words between heading and annotation may hold no other parenthesis.
      const before = line.slice(line.lastIndexOf("(", inline.index - 1) + 1, inline.index);
      note(/##\s+Phase\s+(\d+)/i.exec(before)?.[1], inline[1]);
    }
  }
  return [...starts]
    .map(([phase, triggerTaskId]) => ({ phase, triggerTaskId }))
    .toSorted((one, other) => one.phase - other.phase);
}
