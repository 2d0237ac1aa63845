/** What plans say never breaks out of what it is written into. */
import { describe, expect, test } from "vitest";
import { writeDocuments } from "../../../../src/schedule/report/write-documents.ts";
import { writeDrawings } from "../../../../src/schedule/report/drawing/write-drawings.ts";
import { strategyPage } from "../../../../src/schedule/report/page/strategy-page.ts";
import type { Writing } from "../../../../src/schedule/report/writing.ts";
import { readMarkup } from "./read-markup.ts";
import { exampleWriting } from "./example-writing.ts";
import { HOSTILE, named } from "./hostile.ts";
import { readCalendar } from "./read-calendar.ts";

const UNSEEN = /[^\P{Cc}\n\r]|\p{Cf}/u;

/** What a document is made of, without its words: headings, items, boxes, rows with their cells, paragraphs. */
const shapeOf = (text: string): readonly string[] =>
  text.split("\n").map((line) => {
    const [mark] = /^(?:#{1,6} |- \[ \] |- |\|)/.exec(line) ?? [];
    if (mark === "|") return `| ${line.split(/(?<!(?<!\\)(?:\\\\)*\\)\|/).length}`;
    return mark ?? (line === "" ? "" : "text");
  });

/** Tags, comments, images and links outside of code spans and not escaped. */
const ACTIVE = /(?<!\\)(?:<[!/?A-Za-z]|!\[|\]\(|\]:)/;
const outsideCode = (line: string): string => line.replace(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, "");

const plain = [...writeDocuments(exampleWriting(named("plain")))].map(([, text]) => text);
const markupOf = (writing: Writing): readonly string[] => [
  ...writeDrawings(writing).values(),
  strategyPage(writing),
];
const plainMarkup = markupOf(exampleWriting(named("plain")));
const eventsIn = (calendar: string): number =>
  readCalendar(calendar).parts.filter(({ name }) => name === "VEVENT").length;

describe.each(HOSTILE.map((text) => [text.slice(0, 30), text] as const))("%j", (_, text) => {
  const documents = [...writeDocuments(exampleWriting(named(text)))];

  test("documents keep their shape", () => {
    documents.forEach(([name, made], index) => {
      if (!name.endsWith(".md")) return;
      expect(shapeOf(made)).toEqual(shapeOf(plain[index] ?? ""));
      for (const line of made.split("\n")) expect(outsideCode(line)).not.toMatch(ACTIVE);
      expect(made).not.toMatch(UNSEEN);
      expect(made.split("\n").every((line) => line.length < 20_000)).toBe(true);
    });
  });

  test("pictures and the page have their elements and no others", () => {
    const files = markupOf(exampleWriting(named(text)));
    files.forEach((made, index) => {
      expect(readMarkup(made).names.filter((name) => name !== "text")).toEqual(
        readMarkup(plainMarkup[index] ?? "").names.filter((name) => name !== "text"),
      );
      expect(readMarkup(made).attributes.filter((name) => name.startsWith("on"))).toEqual([]);
      expect(made).not.toMatch(UNSEEN);
      if (made.startsWith("<?xml")) expect(made).not.toMatch(/[\uFFFE\uFFFF]|\p{Surrogate}/u);
    });
  });

  test("the calendar has its events and no others", () => {
    const calendar = documents.at(-1)?.[1] ?? "";
    expect(eventsIn(calendar)).toBe(eventsIn(plain.at(-1) ?? ""));
    expect(calendar).not.toMatch(UNSEEN);
  });
});
