import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { PlanStatus } from "../../../../src/plan/status/model.ts";
import { readStatus } from "../../../../src/plan/status/read-status.ts";

export const FILE = "docs/plan-outputs/a/status.json";

export function statusOf(text: string): PlanStatus {
  const read = readStatus({ file: FILE, text });
  if (!read.ok) throw read.error;
  return read.value;
}

const FOLDER = path.resolve(import.meta.dirname, "../../../../../shared/samples/status");

/** Real status files, by name; none where the samples aren't there. */
export const SAMPLES: readonly (readonly [string, string])[] = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith(".status.json"))
      .map((name) => [name, readFileSync(path.join(FOLDER, name), "utf8")] as const)
      .filter(([, text]) => text.includes('"tasks"'))
  : [];

/** A status file with every kind of record that is on disk, in a form of our own. */
export const VARIED = `{
  "planPath": "docs/plans/a.md",
  "planName": "A",
  "createdAt": "2026-01-01T00:00:00.000Z",
  "lastUpdatedAt": "2026-01-02T00:00:00.000Z",
  "currentPhase": "Phase 1: One",
  "tasks": [
    {
      "id": "1.1",
      "phase": "Phase 1: One",
      "description": "first \\"quoted\\" \\\\ {",
      "status": "completed",
      "completedAt": "2026-01-01T10:00:00.000Z",
      "notes": true,
      "migrated": true
    },
    { "id": "1.1A", "title": "with title", "phaseName": "One", "priority": "high", "line": 12, "status": "failed", "error": "broke", "startedAt": "2026-01-01T11:00:00.000Z", "completedAt": "2026-01-01T11:00:09.000Z", "duration": "9000" },
    {
      "id": "VERIFY-0",
      "phase": "0",
      "status": "in_progress",
      "startedAt": "2026-01-01T12:00:00Z",
      "findingsPath": null,
      "findings": "inline"
    },
    {"id":"SC-3","phase":"Success Criteria","description":"ends","status":"skipped","reason":"why not"},
    {
      "id": 2.1,
      "phase": "Phase 2: Two",
      "description": "number as id",
      "status": "pending",
      "__proto__": { "a": 1 }
    }
  ],
  "runs": [
    { "id": "run_1", "phase": 1, "startedAt": "2026-01-01T09:00:00.000Z" }
  ],
  "summary": {
    "totalTasks": "5",
    "completed": 1,
    "pending": 1,
    "failed": 1,
    "skipped": 1,
    "extra": 7
  },
  "mergeCommit": "abc"
}`;
