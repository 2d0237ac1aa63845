import { codeSpan, inCell, inlineText } from "../../core/markdown/inline-text.ts";
import type { Checkpoint, PhaseProgress } from "./checkpoint.ts";

/** A checkpoint as a document for people (S2 §9: progress, issues and their resolution, deviations). All that others wrote is inert in it. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { id, at, title, done, of, phases, issues, deviations, rollback } = checkpoint;
  return `${[
    `# ${id}: ${inlineText(title)}`,
    [
      `**Taken:** ${new Date(at).toISOString()}`,
      `**Progress:** ${done} of ${of} finished`,
      `**Rollback:** ${rollback ? `${codeSpan(rollback.ref)} is ${codeSpan(rollback.commit)}` : "nothing landed that could be gone back to"}`,
    ].join("  \n"),
    "## Progress",
    ...phases.map(phaseText),
    "## Issues and resolutions",
    issues.length === 0
      ? "None."
      : table(
          ["Task", "Attempt", "Issue", "Resolution"],
          issues.map(({ task, attempt, problem, resolution }) => [
            codeSpan(task),
            `${attempt}`,
            inlineText(problem),
            resolution === undefined ? "open" : inlineText(resolution),
          ]),
        ),
    "## Deviations",
    deviations.length === 0
      ? "None."
      : table(
          ["Task", "What", "Said by"],
          deviations.map(({ task, text, source }) => [
            codeSpan(task),
            inlineText(text),
            SOURCES[source],
          ]),
        ),
  ].join("\n\n")}\n`;
}

const SOURCES = {
  observed: "seen in the changes",
  agent: "the agent",
  person: "a person",
} as const;

const phaseText = ({ title, session, done, of, tasks }: PhaseProgress): string =>
  [
    `### ${inlineText(title)} (${session}): ${done} of ${of}`,
    table(
      ["Task", "What", "State", "Commit"],
      tasks.map(({ key, title: words, status, commit }) => [
        codeSpan(key),
        inlineText(words),
        status,
        commit === undefined ? "–" : codeSpan(commit.slice(0, 12)),
      ]),
    ),
  ].join("\n\n");

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows]
    .map((row) => `| ${row.map(inCell).join(" | ")} |`)
    .join("\n");
