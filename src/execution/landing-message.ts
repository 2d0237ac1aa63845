import { oneLine } from "../core/text.ts";
import { plainTitle } from "./plain-title.ts";

export interface LandingCommit {
  readonly runId: string;
  readonly task: string;
  readonly title: string;
  readonly attempt: number;
  /** Checks that passed, each a line. */
  readonly verified: readonly string[];
}

/** Git's own measure of a subject. */
const SUBJECT = 72;
const VALUE = 200;
/** Checks that are named; the evidence has all. */
const MAX_VERIFIED = 20;

/**
 * The message of the commit by which a task lands: its title, and trailers by which programs find the run, the task, the attempt and what
 * was verified before (`git log --format='%(trailers)'`). No text of a plan can make a trailer, or a line of its own.
 */
export function landingMessage(commit: LandingCommit): string {
  const { runId, task, title, attempt, verified } = commit;
  const checks = verified.slice(0, MAX_VERIFIED);
  const trailers: readonly (readonly [string, string])[] = [
    ["Wavegate-Run", runId],
    ["Wavegate-Task", task],
    ["Wavegate-Attempt", String(attempt)],
    ...checks.map((check) => ["Wavegate-Verified", check] as const),
  ];
  const lines = trailers.map(([name, value]) => `${name}: ${oneLine(value, VALUE)}`);
  return `${subjectOf(title, task)}\n\n${lines.join("\n")}\n`;
}

/** Marks of Markdown and numbers stay: they are the title's. */
function subjectOf(title: string, task: string): string {
  const subject = oneLine(plainTitle(title), SUBJECT);
  return subject === "" ? `Task ${oneLine(task, SUBJECT - 5)}` : subject;
}
