import { withoutCode } from "./read-markdown.ts";

/** Longest text, target and title of a link that are read, so that the time stays bounded. */
const MAX_TEXT = 500;
const MAX_TARGET = 500;
const MAX_TITLE = 300;

const TARGET = /\s{0,9}<?([^)\s>]+)>?/y;

/** Targets of the inline links of a Markdown text outside code, in order. */
export const linksIn = (text: string): readonly string[] =>
  withoutCode(text)
    .replace(/`[^`\n]*`/g, "")
    .split("\n")
    .flatMap(linksOn);

function linksOn(line: string): readonly string[] {
  const targets: string[] = [];
  let from = 0;
  for (let at = line.indexOf("]("); at >= 0; at = line.indexOf("](", Math.max(from, at + 2))) {
    if (!opens(line.slice(Math.max(from, at - MAX_TEXT - 2), at))) continue;
    const rest = line.slice(at + 2, at + 2 + MAX_TARGET + MAX_TITLE);
    TARGET.lastIndex = 0;
    const target = TARGET.exec(rest)?.[1];
    const end = target === undefined ? -1 : rest.indexOf(")", TARGET.lastIndex);
    if (target === undefined || target.length > MAX_TARGET || end < 0) continue;
    targets.push(target);
    from = at + 2 + end;
  }
  return targets;
}

/** Whether a text ends inside brackets that nothing escapes. */
function opens(before: string): boolean {
  const at = before.lastIndexOf("[");
  return at >= 0 && before[at - 1] !== "\\" && !before.endsWith("\\");
}
