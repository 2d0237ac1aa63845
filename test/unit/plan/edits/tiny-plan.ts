import { readLines } from "../../../../src/core/markdown/source-lines.ts";
import type { Box, BoxState, Dialect, Phase, Plan, Task } from "../../../../src/plan/model.ts";

const STATES: Readonly<Record<string, BoxState>> = {
  " ": "open",
  x: "done",
  X: "done",
  "~": "in-progress",
  "-": "skipped",
  "!": "failed",
};

const BULLET =
  /^(\s*[-*+] \[)([^\]])\] (?:\*\*)?((?:[Tt]\d+[a-z]?|\d+\.\d+(?:\.\d+)?)(?=[\s*]))?(?:\*\*)?/;

/** A plan of the boxes and phases of a text, whatever its dialect: what edits need to know, without a reader of a dialect. */
export function tinyPlan(text: string, dialect: Dialect, file = "plan.md"): Plan {
  const phases: Phase[] = [];
  const tasks: Task[] = [];
  const keys = new Map<string, number>();
  let phase: string | undefined;
  for (const line of readLines(text)) {
    if (line.kind !== "text") continue;
    const place = { file, line: line.number, column: 1 };
    const heading = /^#{2,3} Phase (\w+(?:\.\d+)?):? ?(.*)/.exec(line.text);
    if (heading?.[1] !== undefined)
      phases.push({ key: heading[1], title: heading[2] ?? "", place, after: [], startsWhen: [] });
    if (line.text.startsWith("## ")) phase = heading?.[1];
    const bullet = BULLET.exec(line.text);
    const [, before = "", mark = "", id] = bullet ?? [];
    if (!bullet) continue;
    const base = id ?? `L${line.number}`;
    const count = (keys.get(base) ?? 0) + 1;
    keys.set(base, count);
    const box: Box = { mark, state: STATES[mark] ?? "open", offset: line.start + before.length };
    tasks.push({
      key: count === 1 ? base : `${base}#${count}`,
      id,
      place,
      box,
      text: line.text,
      details: [],
      phase,
      parent: undefined,
      parallel: undefined,
      verifies: /\] VERIFY/.test(line.text),
      labels: [],
      stories: [],
      requirements: [],
      files: [],
    });
  }
  return {
    file,
    dialect,
    title: "",
    phases,
    tasks,
    verifications: [],
    dependencies: [],
    sequences: [],
    upstream: [],
    diagnostics: [],
  };
}
