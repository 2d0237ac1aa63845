import { oneLine } from "../../core/text.ts";
import type {
  ConflictPair,
  ConflictsAnswer,
  HotFile,
  Touch,
} from "../../plan/answers/conflicts-answer.ts";
import { plural } from "../figure-lines.ts";
import { composeLine, paint, symbolsOf, type Style } from "../style.ts";
import { textWidth } from "../text-width.ts";
import { headLines, keysText, keyText, prose } from "./plan-words.ts";

const MOST_FILES = 10;
const MOST_PAIRS = 20;
const WIDEST_PATH = 44;

/** Files that several tasks touch, and which of those can't run at once. */
export function conflictLines(answer: ConflictsAnswer, style: Style, all = false): string[] {
  const { files, pairs, unknown, tasks } = answer;
  const [mostFiles, mostPairs] = all ? [Infinity, Infinity] : [MOST_FILES, MOST_PAIRS];
  const sure = pairs.filter(({ guessed }) => !guessed).length;
  return [
    ...headLines(answer.plan, style),
    "",
    ...(files.length === 0
      ? [" No two tasks that could run at once change one file."]
      : [paint(style, "strong", " hot files"), ...fileLines(files.slice(0, mostFiles), style)]),
    ...more(files.length - mostFiles),
    ...(pairs.length > 0
      ? [
          "",
          paint(style, "strong", " not at once"),
          ...pairs.slice(0, mostPairs).map((pair) => pairLine(pair, style)),
          ...more(pairs.length - mostPairs),
          "",
          ...prose(
            `${plural(pairs.length, "pair")}: ${sure} declared, ${pairs.length - sure} guessed (?) from what the tasks name`,
            style,
            "plain",
            1,
          ),
        ]
      : []),
    ...(unknown > 0
      ? prose(
          `${unknown} of ${plural(tasks, "task")} ${unknown === 1 ? "names" : "name"} no file: nothing is known of ${unknown === 1 ? "it" : "them"}`,
          style,
          "quiet",
          1,
        )
      : []),
  ];
}

const more = (count: number): string[] =>
  count > 0 ? [`   and ${count} more; --all shows them`] : [];

function fileLines(files: readonly HotFile[], style: Style): string[] {
  const widest = Math.max(...files.map(({ path }) => textWidth(oneLine(path, 200))));
  const columns = Math.min(widest, WIDEST_PATH);
  return files.map((file) => {
    const writing = file.touches.filter(({ access }) => access === "write");
    const reading = file.touches.filter(({ access }) => access === "read");
    return composeLine(style, [
      { text: "   " },
      { text: oneLine(file.path, 200), columns, tone: "accent" },
      { text: "  " },
      { text: plural(file.pairs, "pair"), columns: 10 },
      { text: `write ${keysText(writing.map(marked), 8)}` },
      {
        text: reading.length > 0 ? `; read ${keysText(reading.map(marked), 4)}` : "",
        tone: "quiet",
      },
    ]);
  });
}

const marked = ({ task, guessed }: Touch): string => (guessed ? `${task}?` : task);

function pairLine(
  { tasks: [a, b], over, guessed, markedParallel }: ConflictPair,
  style: Style,
): string {
  const { bad } = symbolsOf(style);
  const [first] = over;
  const how = first?.touches.every(({ access }) => access === "write")
    ? "both write"
    : "one writes";
  const rest = over.length > 1 ? ` and ${over.length - 1} more` : "";
  return composeLine(style, [
    { text: ` ${guessed ? "?" : bad} `, tone: guessed ? "warn" : "bad" },
    { text: `${keyText(a)} × ${keyText(b)}`, columns: 17, tone: "strong" },
    { text: `${how} `, columns: 12, tone: "quiet" },
    { text: `${oneLine(first?.path ?? "", 200)}${rest}` },
    { text: markedParallel ? "  though marked parallel" : "", tone: "warn" },
  ]);
}
