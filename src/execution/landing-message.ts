import { inert, oneLine } from "../core/text.ts";

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
const MOST_TITLE = 1_000;
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

/** What plans write around a title for those that schedule: what it waits for, how long it takes, how it may run. */
const ENDS =
  /\s*(?:\[(?:[A-Z][A-Z0-9-]{0,30}|~?\d{1,6}(?:\.\d{1,3})?(?:\/\d{1,6}(?:\.\d{1,3})?){0,2} ?[a-z]{1,8})\]|\((?:depends|after|non-blocking)\b[^()]{0,200}\))$/i;
const BEGINS = /^\[(?:P|US\d{1,4}|PARALLEL|SEQUENTIAL)\]\s*/;

/** Marks of Markdown and numbers stay: they are the title's. */
function subjectOf(title: string, task: string): string {
  let words = oneLine(inert(title), MOST_TITLE);
  for (let before = ""; before !== words;) {
    before = words;
    words = words.replace(ENDS, "").replace(BEGINS, "");
  }
  const subject = oneLine(words, SUBJECT);
  return subject === "" ? `Task ${oneLine(task, SUBJECT - 5)}` : subject;
}
