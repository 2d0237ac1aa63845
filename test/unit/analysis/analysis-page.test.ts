import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../../src/analysis/analyze.ts";
import { analysisPage } from "../../../src/analysis/page/analysis-page.ts";
import { drawingOf, MOST_TASKS } from "../../../src/analysis/page/drawing.ts";
import { escapeHtml } from "../../../src/core/html/escape-html.ts";
import { layoutOf } from "../../../src/analysis/page/layout.ts";
import { analysed, inputOf, SHOP } from "./analysed.ts";

const pageOf = (text: string): string => {
  const input = inputOf(analysed(text));
  return analysisPage(input, analyze(input));
};

const tagsIn = (page: string) => new Set(page.match(/<\/?[a-z!][a-z0-9]*/gi));
const attributesIn = (page: string) =>
  new Set(
    [...page.matchAll(/<[a-z][^<>]*>/gi)].flatMap(([tag]) => tag.match(/ [a-z-]+(?==")/g) ?? []),
  );

const plain = pageOf(SHOP);

test("the page loads nothing and runs nothing, and says so", () => {
  expect(plain).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
  expect(plain).not.toMatch(/<script|<iframe|<link|<img|\bsrc=|url\(|@import|href="(?!#)/i);
  expect(plain.startsWith('<!doctype html>\n<html lang="en">')).toBe(true);
});

test("boxes can be reached by keyboard; conflicts are drawn, the critical path is marked", () => {
  expect(plain).toMatch(/<li class="box task critical" tabindex="0"[^>]*><b>1\.3<\/b>/);
  expect(plain).toContain(`class="l conflict"`);
  expect(plain).toContain("writes src/menu.ts, as 2.3 does");
});

const HOSTILE = fc.oneof(
  fc.constantFrom(
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "</style><svg onload=alert(1)>",
    "javascript:alert(1)",
    "\u202Egnp.exe",
    "&lt;b&gt;",
    "' onfocus='alert(1)",
    "]]><!--",
  ),
  fc.string({ unit: "binary", maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, " ")),
);

test("whatever a plan says, no tag or attribute of its own comes onto the page", () => {
  const [tags, attributes] = [tagsIn(plain), attributesIn(plain)];
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const page = pageOf(
        SHOP.replace("Shop", () => `Shop ${text}`)
          .replace("Ground", () => `Ground ${text}`)
          .replace("with a footer", () => `with ${text}`),
      );
      for (const tag of tagsIn(page)) expect(tags).toContain(tag);
      for (const attribute of attributesIn(page)) expect(attributes).toContain(attribute);
      expect(page).not.toContain("\u202E");
    }),
    { numRuns: 12 },
  );
});

test("escaped text has no mark of HTML left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escapeHtml(text).replace(/&(?:amp|lt|gt|quot|#39);/g, "")).not.toMatch(/[<>"'&]/);
    }),
  );
});

test("no two boxes lie on each other, and lines lead from left to right", () => {
  const drawing = drawingOf(analysed(SHOP));
  const { boxes } = layoutOf(drawing);
  boxes.forEach((a, index) => {
    for (const b of boxes.slice(index + 1))
      expect(
        a.x + a.width <= b.x ||
          b.x + b.width <= a.x ||
          a.y + a.height <= b.y ||
          b.y + b.height <= a.y,
      ).toBe(true);
  });
  for (const { from, to, kind } of drawing.lines)
    if (kind !== "conflict") expect(boxes[from]?.x).toBeLessThan(boxes[to]?.x ?? 0);
});

test("a large plan is drawn by phase", () => {
  const lines = ["# Implementation Plan: Large"];
  for (let phase = 1; phase <= 30; phase++) {
    lines.push("", `## Phase ${phase}: Part`, "");
    for (let task = 1; task <= 40; task++) lines.push(`- [ ] ${phase}.${task} Do it`);
  }
  const drawing = drawingOf(analysed(lines.join("\n")));
  expect(30 * 40).toBeGreaterThan(MOST_TASKS);
  expect(drawing.of).toBe("phases");
  expect(drawing.boxes).toHaveLength(30);
  expect(drawing.lines).toHaveLength(29);
});

const fit = (page: string) => Number(/style="--fit:([\d.]+)"/.exec(page)?.[1]);
const width = (page: string) => Number(/class="sheet" style="width:(\d+)px/.exec(page)?.[1]);

test("on paper a graph is made to fit, however wide it is", () => {
  const chain = Array.from(
    { length: 30 },
    (_, index) => `- [ ] 1.${index + 1} Step${index > 0 ? ` (depends: 1.${index})` : ""}`,
  ).join("\n");
  const wide = `# Implementation Plan: Chain\n\n## Phase 1: All\n\n${chain}\n`;
  const page = pageOf(wide);
  expect(width(page)).toBeGreaterThan(2_000);
  expect(fit(page) * width(page)).toBeLessThan(1_000);
  expect(fit(plain)).toBeGreaterThan(fit(page));
});
