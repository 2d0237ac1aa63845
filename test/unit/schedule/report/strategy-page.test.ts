/** The page: one file that needs nothing else, with the facts of its pictures as tables (WV-11). How it looks is seen in a browser. */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import {
  PAGE_SCRIPT,
  PAGE_SCRIPT_DIGEST,
} from "../../../../src/schedule/report/page/page-script.ts";
import { strategyPage } from "../../../../src/schedule/report/page/strategy-page.ts";
import { EXAMPLE } from "./example.ts";
import { exampleWriting, pricedWriting } from "./example-writing.ts";
import { readMarkup } from "./read-markup.ts";

const page = strategyPage(pricedWriting(EXAMPLE));

test("nothing is loaded, and only the one script may run", () => {
  expect(createHash("sha256").update(PAGE_SCRIPT).digest("base64")).toBe(PAGE_SCRIPT_DIGEST);
  expect(page).toContain(`script-src 'sha256-${PAGE_SCRIPT_DIGEST}'`);
  expect(page).toContain("default-src 'none'");
  const { names, attributes } = readMarkup(page);
  expect(names.filter((name) => name === "script")).toHaveLength(1);
  expect(names).not.toEqual(expect.arrayContaining(["img", "link", "iframe"]));
  expect(attributes.filter((name) => name.startsWith("on") || name === "src")).toEqual([]);
  expect(page.match(/(?:href|url)\W+(?:https?:|\/\/)/g)).toBe(null);
});

test("every picture has a title, a description and its facts as a table", () => {
  for (const id of ["gantt-people", "gantt-tasks", "load", "forecast", "graph"]) {
    const from = page.indexOf(`<section id="${id}"`);
    const section = page.slice(from, page.indexOf("</section>", from));
    expect(section).toContain(`aria-labelledby="${id}-title"`);
    expect(section).toContain(`<title id="${id}-title">`);
    expect(section).toContain("<desc>");
    expect(section).toMatch(/<details><summary>The same as .*<table>/s);
  }
});

test("contents lead to parts that are there, and ids are of one element each", () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
});

test("a project with nothing to do is a page as well", () => {
  const empty = { ...EXAMPLE, activities: [], links: [], syncPoints: [] };
  const made = strategyPage(exampleWriting(empty));
  expect(readMarkup(made).names).toContain("main");
  expect(made.slice(0, made.indexOf("<script>"))).not.toMatch(/NaN|Infinity|undefined/);
});
