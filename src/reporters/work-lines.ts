import { oneLine } from "../core/text.ts";
import type { WorkInfo } from "../stage/records.ts";
import { heading } from "./heading.ts";
import { composeLine, paint, wrapText, type Style, type Tone } from "./style.ts";

const LABEL = 10;

/** What a run waits for that is done outside of it: what, where its tasks are, and how the run goes on then. */
export function workLines(
  { runId, work }: { readonly runId: string; readonly work: WorkInfo },
  style: Style,
): string[] {
  const fact = (name: string, text: string, tone: Tone = "plain") =>
    wrapText(oneLine(text, 600), Math.max(20, style.width - LABEL - 2)).map((line, index) =>
      composeLine({ ...style, width: 10_000 }, [
        { text: ` ${index === 0 ? name : ""}`, columns: LABEL + 1, tone: "quiet" },
        { text: line, tone },
      ]).trimEnd(),
    );
  const ticked = work.done > 0 ? `, ${work.done} ticked off` : "";
  const tasks: readonly [string, Tone] =
    work.document === null
      ? ["no document names one: say what is to be built in tasks.md", "warn"]
      : [`${work.tasks} in ${work.document}${ticked}`, "plain"];
  return [
    heading(oneLine(work.title, 60), style),
    ...wrapText(oneLine(work.message, 400), style.width - 2).map(
      (line) => ` ${paint(style, "strong", line)}`,
    ),
    "",
    ...fact("tasks", ...tasks),
    ...fact("then", `${work.next}, of the project as it is by then`),
    "",
    `   wavegate resume ${runId}`,
    `   wavegate resume ${runId} --note "…"`,
  ];
}
