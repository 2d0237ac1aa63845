import type { Json } from "../../core/json.ts";
import { inert } from "../../core/text.ts";
import { originalCheck, originalPhases, originalStatus } from "./original-answers.ts";
import { originalInit } from "./original-init.ts";
import { originalNext } from "./original-next.ts";
import { originalMarkers, originalProgress, originalProgressText } from "./original-progress.ts";
import { loadOriginalStatus, NO_STATUS } from "./original-status.ts";
import type { OriginalStatus, OriginalVersion } from "./original-status.ts";

/** Commands of one plan that only read, and `init`, of which nothing is written here. */
export type OriginalCommand =
  | { readonly name: "init" | "status" | "phases" }
  | { readonly name: "next"; readonly count: number }
  | { readonly name: "check"; readonly task: string }
  /** Seed prints its text whatever format it is asked for. */
  | { readonly name: "progress"; readonly format: "text" | "json" | "markers" };

export interface OriginalQuestion {
  readonly command: OriginalCommand;
  readonly version: OriginalVersion;
  /** As the user wrote it. */
  readonly planPath: string;
  readonly planText: string;
  /** status.json as parsed; without it the answer is the one after `init`. */
  readonly status: Json | undefined;
  /** The time as ISO 8601, for a status that has to be made. */
  readonly now: string;
  /** A time of status.json in the form of the user's machine, which the text of `progress` shows. */
  readonly localTime: (iso: string) => string;
}

/** On standard output, or as `Error: …` on the other with exit code 1. */
export type OriginalPrint = { readonly output: string } | { readonly error: string };

/** What a terminal might act on, or what turns or hides text; the rest JSON escapes by itself. */
const ACTED_ON = /[\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]/g;

/**
 * As the original prints JSON, but that characters which a terminal acts on or which turn text around are written as escapes:
 * the same JSON, other bytes.
 */
const printedJson = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(
    ACTED_ON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  )}\n`;

const printedLines = (lines: readonly string[]): string => inert(`${lines.join("\n")}\n`);

/** What the original's command-line tool prints for a plan, to the byte but for what docs/compatibility.md names. */
export function printedByOriginal(question: OriginalQuestion): OriginalPrint {
  const { command, version, planPath, planText, now } = question;
  const init = originalInit(planPath, planText, version, now);
  if (command.name === "init") return "error" in init ? init : { output: printedJson(init.output) };
  const made = "error" in init ? undefined : init.status;
  const status = question.status === undefined ? made : loadOriginalStatus(question.status);
  if (status !== undefined) return { output: answer(question, status) };
  return question.status === undefined && "error" in init ? init : { error: NO_STATUS };
}

function answer(question: OriginalQuestion, status: OriginalStatus): string {
  const { command, version, planText } = question;
  switch (command.name) {
    case "next":
      return printedJson(originalNext(status, command.count, version, planText));
    case "phases":
      return printedJson(originalPhases(status));
    case "check":
      return printedJson(originalCheck(status, command.task));
    case "progress":
      return progress(question, status, command.format);
    case "init":
    case "status":
      return printedJson(originalStatus(status));
  }
}

function progress(
  { version, planText, localTime }: OriginalQuestion,
  status: OriginalStatus,
  format: "text" | "json" | "markers",
): string {
  if (version === "head" && format === "json")
    return printedJson(originalProgress(status, planText));
  if (version === "head" && format === "markers")
    return printedLines(originalMarkers(status, planText));
  const time = localTime(status.lastUpdatedAt ?? "");
  return printedLines(originalProgressText(status, version, time, planText));
}
