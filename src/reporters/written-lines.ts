import type { TickedTask, WrittenFinding } from "../analysis/answer.ts";
import { oneLine } from "../core/text.ts";
import { paint, wrapText, type Style } from "./style.ts";

const OUTCOMES: Readonly<Record<WrittenFinding["outcome"], string>> = {
  written: "written",
  rewritten: "written anew",
  unchanged: "as it was",
  kept: "kept as it is, no analysis wrote it so. Move it away to have it written",
};

/** What became of the files of findings; they are in one folder. */
export function writtenLines(written: readonly WrittenFinding[], style: Style): readonly string[] {
  const [first] = written;
  if (!first) return [];
  const folder = first.path.slice(0, first.path.lastIndexOf("/") + 1);
  return [
    "",
    paint(style, "accent", `Files in ${oneLine(folder === "" ? "." : folder, 200)}`),
    ...written.flatMap(({ path, outcome }) =>
      hanging(`${oneLine(path.slice(folder.length), 200)}: ${OUTCOMES[outcome]}`, style).map(
        (line) => (outcome === "kept" ? paint(style, "warn", line) : line),
      ),
    ),
  ];
}

/** What was ticked and where its answer is, and what was not and why. */
export function tickLines(ticks: readonly TickedTask[], style: Style): readonly string[] {
  if (ticks.length === 0) return [];
  const ticked = ticks.filter(({ outcome }) => outcome === "ticked");
  const left = ticks.filter(({ outcome }) => outcome === "left");
  const were = ticks.length - ticked.length - left.length;
  const byFinding = new Map<string, string[]>();
  for (const { finding, key } of ticked) {
    const keys = byFinding.get(finding ?? "");
    if (keys) keys.push(key);
    else byFinding.set(finding ?? "", [key]);
  }
  return [
    "",
    paint(
      style,
      "accent",
      `Ticked: ${ticked.length} of ${ticks.length}${were === 0 ? "" : `; ${were} ${were === 1 ? "was" : "were"} done before`}`,
    ),
    ...[...byFinding].flatMap(([finding, keys]) =>
      hanging(`${finding}: ${keys.map((key) => oneLine(key, 60)).join(", ")}`, style),
    ),
    ...(left.length === 0 ? [] : ["", paint(style, "accent", `Not ticked: ${left.length}`)]),
    ...left.flatMap(({ key, text, missing }) =>
      hanging(`${oneLine(key, 60)} ${oneLine(text, 80)}: ${oneLine(missing ?? "", 200)}`, style),
    ),
  ];
}

const hanging = (text: string, style: Style): readonly string[] =>
  wrapText(text, Math.max(20, style.width - 4)).map((line, index) =>
    index === 0 ? `  ${line}` : `    ${line}`,
  );
