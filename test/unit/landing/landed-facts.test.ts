/** What landing remembers of commits that it made is never more than what is so. */
import { expect, test } from "vitest";
import { LandedFacts } from "../../../src/adapters/landing/landed-facts.ts";

test("a head leads to what it was made on, directly or not, and to nothing else that is known", () => {
  const facts = new LandedFacts();
  facts.made("b", "a");
  facts.made("c", "b");
  facts.made("x", "a");
  facts.made("c", "c");
  expect(facts.leadsTo("c", "a")).toBe(true);
  expect(facts.leadsTo("c", "c")).toBe(true);
  expect(facts.leadsTo("a", "c")).toBe(false);
  expect(facts.leadsTo("c", "x")).toBe(false);
  expect(facts.leadsTo("unknown", "a")).toBe(false);
});

test("attributes are those of one commit alone", () => {
  const facts = new LandedFacts();
  const found = [{ name: ".gitattributes", object: "1" }];
  facts.hasAttributes("a", found);
  expect(facts.attributesOf("a")).toBe(found);
  expect(facts.attributesOf("b")).toBe(undefined);
  facts.hasAttributes("b", []);
  expect(facts.attributesOf("a")).toBe(undefined);
});

test("it does not grow without end: what was made long ago is asked of git again", () => {
  const facts = new LandedFacts();
  for (let made = 1; made <= 3_000; made++) facts.made(`${made}`, `${made - 1}`);
  expect(facts.leadsTo("3000", "2500")).toBe(true);
  expect(facts.leadsTo("3000", "1")).toBe(false);
});
