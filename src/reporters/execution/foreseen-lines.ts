import { oneLine } from "../../core/text.ts";
import type { ProjectTests } from "../../execution/project-tests.ts";
import type { PreviewQuestion, RunPreview } from "../../execution/preview/run-preview.ts";
import { factLines, plural } from "../figure-lines.ts";
import { keysText, keyText } from "../plans/plan-words.ts";
import { composeLine, symbolsOf, type Style, type Tone } from "../style.ts";
import { fitText, textWidth } from "../text-width.ts";
import { clockText } from "./clock-text.ts";

/** Lines of one list; the rest is counted. */
const MOST = 8;
const WIDEST_PATH = 36;

const fact = (name: string, text: string, style: Style, tone: Tone = "plain"): string[] =>
  factLines(name, text, tone, style);

/** Who would write one thing at once. */
export function conflictLines({ conflicts, estimate }: RunPreview, style: Style): string[] {
  const { pairs, hot, complete, unknown } = conflicts;
  const costs = estimate.apart > 0 ? `, which takes ${clockText(estimate.apart)}` : "";
  const columns = Math.min(
    WIDEST_PATH,
    hot.reduce((widest, { resource }) => Math.max(widest, textWidth(oneLine(resource, 200))), 0),
  );
  const { cut } = symbolsOf(style);
  return [
    ...fact(
      "conflicts",
      pairs === 0
        ? "no two tasks that could run at once write the same thing, as far as is known"
        : `${plural(pairs, "pair")} of tasks would write one thing at once; they are kept apart${costs}`,
      style,
      pairs === 0 ? "plain" : "warn",
    ),
    ...hot.slice(0, MOST).map(({ resource, writers, sure }) =>
      composeLine(style, [
        { text: "", columns: INDENT },
        {
          text: fitText(oneLine(resource, 200), columns, cut),
          columns: columns + 2,
          tone: "accent",
        },
        { text: `${keysText(writers, 5)}${sure ? "" : " (a guess)"}` },
      ]),
    ),
    ...rest(hot.length, style),
    ...(complete
      ? []
      : fact(
          "",
          "globs and folders hold more than was followed: there may be more",
          style,
          "warn",
        )),
    ...(unknown.length > 0
      ? fact(
          "",
          `${plural(unknown.length, "task")} ${unknown.length === 1 ? "names nothing that it changes" : "name nothing that they change"}: collisions show when they land (${keysText(unknown, 5)})`,
          style,
          "quiet",
        )
      : []),
  ];
}

const INDENT = 17;

const rest = (count: number, style: Style): string[] =>
  count > MOST ? fact("", `and ${count - MOST} more; --json has all`, style, "quiet") : [];

/** What a person will be asked, or may be. */
export function peopleLines(people: readonly PreviewQuestion[], style: Style): string[] {
  if (people.length === 0) return fact("needs you", "for nothing, as far as the plan shows", style);
  return [
    ...people
      .slice(0, MOST)
      .flatMap(({ key, message, sure }, index) =>
        fact(
          index === 0 ? "needs you" : "",
          `${key === undefined ? "" : `${keyText(key)}: `}${oneLine(message, 300)}${sure ? "" : " It may be asked about."}`,
          style,
          sure ? "warn" : "plain",
        ),
      ),
    ...rest(people.length, style),
  ];
}

/** What is checked of the results, by whom. */
export function checkLines({ checks, tests }: RunPreview, style: Style): string[] {
  const { dot } = symbolsOf(style);
  const commands = checks.filter(({ command }) => command !== null);
  const judged = checks.filter(({ command }) => command === null);
  const keys = [...new Set(judged.map(({ key }) => key))];
  return [
    ...(commands.length === 0 ? fact("we run", "no command of the plan", style, "quiet") : []),
    ...commands
      .slice(0, MOST)
      .flatMap(({ key, command }, index) =>
        fact(
          index === 0 ? "we run" : "",
          `${oneLine(command ?? "", 200)} ${dot} ${keyText(key)}`,
          style,
        ),
      ),
    ...rest(commands.length, style),
    ...testLines(tests, style),
    ...(judged.length > 0
      ? fact(
          "agents judge",
          `${plural(judged.length, "sentence")} of ${keysText(keys, 6)}: what is judged is marked so`,
          style,
        )
      : []),
  ];
}

/** What every landing runs, and why it is that. */
function testLines(tests: ProjectTests, style: Style): string[] {
  const { dot } = symbolsOf(style);
  const landing = (command: string) =>
    `${oneLine(command, 200)} ${dot} at the start and on every landing`;
  switch (tests.kind) {
    case "configured":
      return fact("", landing(tests.command), style);
    case "found": {
      const others = tests.others.map(({ command }) => oneLine(command, 60));
      const not = others.length > 0 ? `; not ${others.join(", ")}` : "";
      return fact("", `${landing(tests.command)}, as ${tests.from} says${not}`, style);
    }
    case "not-installed":
      return fact(
        "",
        `no tests: ${tests.command} of ${tests.from} needs packages that clones have not; set workspace.install, such as [${tests.install.join(", ")}]`,
        style,
        "warn",
      );
    case "none-found":
      return fact("", "no tests: none were found; execution.test names them", style, "warn");
    case "off":
      return fact("", "no tests: execution.test is none", style, "quiet");
  }
}
