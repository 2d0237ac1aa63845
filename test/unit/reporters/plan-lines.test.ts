/** Whatever a plan says, what is printed of it is inert and fits the terminal. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { appendLines } from "../../../src/reporters/plans/append-lines.ts";
import { conflictLines } from "../../../src/reporters/plans/conflict-lines.ts";
import { depsDot, depsMermaid } from "../../../src/reporters/plans/deps-drawing.ts";
import { depsLines, edgeLines } from "../../../src/reporters/plans/deps-lines.ts";
import { editLines } from "../../../src/reporters/plans/edit-lines.ts";
import { findingsLines } from "../../../src/reporters/plans/findings-lines.ts";
import { listLines } from "../../../src/reporters/plans/list-lines.ts";
import {
  conflictMarkers,
  depsMarkers,
  nextMarkers,
  phasesMarkers,
  progressMarkers,
  statusMarkers,
  validateMarkers,
  whyMarkers,
} from "../../../src/reporters/plans/markers.ts";
import { nextLines } from "../../../src/reporters/plans/next-lines.ts";
import { phasesLines } from "../../../src/reporters/plans/phase-lines.ts";
import { progressLines } from "../../../src/reporters/plans/progress-lines.ts";
import { statusLines } from "../../../src/reporters/plans/status-lines.ts";
import { validateLines } from "../../../src/reporters/plans/validate-lines.ts";
import { whyLines } from "../../../src/reporters/plans/why-lines.ts";
import { workText } from "../../../src/core/work-text.ts";
import type { Style } from "../../../src/reporters/style.ts";
import { oneLine } from "../../../src/core/text.ts";
import { textWidth } from "../../../src/reporters/text-width.ts";
import { answersWith } from "./plan-answers.ts";

const HOSTILE = [
  "\u001B[2J\u001B]0;owned\u0007",
  "\u202Egnp.exe",
  "a\nb\r\nc",
  "日本語のとても長い文章".repeat(12),
  "👩‍👩‍👧‍👦 🇨🇭 é",
  "__proto__",
  "x".repeat(900),
  '"; } digraph x { "',
  '--> n1["#quot;"]',
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 300 }));

/* oxlint-disable-next-line no-control-regex -- looking for them is what this is for */
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;

const every = (answers: ReturnType<typeof answersWith>, style: Style) => [
  ...statusLines(answers.status, style),
  ...findingsLines(answers.findings, style),
  ...findingsLines(answers.taskFindings, style),
  ...listLines(answers.list, style),
  ...phasesLines(answers.phases, style),
  ...nextLines(answers.next, style),
  ...depsLines(answers.deps, style),
  ...edgeLines(answers.deps.edges, style),
  ...whyLines(answers.why, style),
  ...validateLines(answers.validate, style),
  ...validateLines(answers.validate, style, true),
  ...conflictLines(answers.conflicts, style),
  ...editLines(answers.edit, style),
  ...appendLines(answers.append, style),
  ...progressLines(answers.progress, style),
];

/** Lines that are a path or a place alone. */
const paths = (words: string) =>
  new Set(["", ":3", ":12:3"].map((place) => oneLine(oneLine(`${words}${place}`, 400), 400)));

const machine = (answers: ReturnType<typeof answersWith>) => [
  ...progressMarkers(answers.progress),
  ...statusMarkers(answers.status),
  ...phasesMarkers(answers.phases),
  ...nextMarkers(answers.next),
  ...depsMarkers(answers.deps),
  ...whyMarkers(answers.why),
  ...validateMarkers(answers.validate),
  ...conflictMarkers(answers.conflicts),
];

describe("text of a plan", () => {
  test("is inert and takes no more columns than there are", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(40, 80, 132), fc.boolean(), (words, width, unicode) => {
        for (const line of every(answersWith(words), { color: false, unicode, width })) {
          expect(line).not.toMatch(CONTROLS);
          // Paths are never cut: people copy them.
          if (!paths(words).has(line.trim())) expect(textWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test("can't end a marker, a value or a label of a drawing", () => {
    fc.assert(
      fc.property(text, (words) => {
        const answers = answersWith(words);
        for (const line of machine(answers))
          expect(line).toMatch(/^\[[A-Z]+\](?: (?:plan|summary))?(?: [a-zA-Z_]+=\S+)+$/);
        const [, label = ""] = depsMermaid(answers.deps);
        expect(label).toMatch(/^ {2}n1\["[^"]*"\]$/);
        expect(depsDot(answers.deps)[3]).toMatch(
          /^ {2}n1 \[label="(?:[^"\\]|\\["\\])*", penwidth=2\];$/,
        );
      }),
    );
  });
});

test.each([
  [0, "0 min"],
  [45, "45 min"],
  [90, "1 h 30 min"],
  [480, "1 d"],
  [2_400, "1 w"],
  [2_400 * 3 + 480 * 2 + 60, "3 w 2 d"],
])("%i minutes of work are %s", (minutes, words) => {
  expect(workText(minutes)).toBe(words);
});
