import { VersionedMap } from "../../core/versioned-map.ts";
import type { TaskNews } from "../task-news.ts";
import { noted, NO_NOTES, withReport, type TaskNotes, type TaskReport } from "./task-notes.ts";

/** By key of task. */
export type AllNotes = ReadonlyMap<string, TaskNotes>;

/** What the agent of an attempt reported. */
export interface ReportNews {
  readonly task: string;
  readonly attempt: number;
  readonly report: TaskReport;
}

export function notesAfter(
  before: AllNotes,
  {
    news,
    reports,
  }: { readonly news: readonly TaskNews[]; readonly reports: readonly ReportNews[] },
): AllNotes {
  if (news.length === 0 && reports.length === 0) return before;
  let notes = VersionedMap.of(before);
  for (const { task, attempt, report } of reports)
    notes = notes.with(task, withReport(notes.get(task) ?? NO_NOTES, report, attempt));
  for (const { task, attempt, event } of news) {
    const known = notes.get(task) ?? NO_NOTES;
    const next = noted(known, event, attempt);
    if (next !== known) notes = notes.with(task, next);
  }
  return notes;
}

/** Texts of deviations that were not there before, by task, of the tasks that something happened to. */
export function newDeviations(
  before: AllNotes,
  after: AllNotes,
  tasks: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  if (before === after) return found;
  for (const task of new Set(tasks)) {
    const { deviations } = after.get(task) ?? NO_NOTES;
    const known = before.get(task)?.deviations;
    if (known === deviations) continue;
    const old = new Set(known?.map(({ text }) => text));
    const fresh = deviations.flatMap(({ text }) => (old.has(text) ? [] : [text]));
    if (fresh.length > 0) found.set(task, fresh);
  }
  return found;
}
