import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REACTIONS, type Reaction } from "../../../src/stage/failures.ts";

const SAID: Readonly<Record<Reaction, RegExp>> = {
  retry: /^once more/,
  wait: /^waited for$/,
  next: /^fallback$/,
  mend: /held$/,
  end: /^end$/,
};

test("docs/agents.md names every kind of failure, and what is done about it", () => {
  const table = readFileSync("docs/agents.md", "utf8").split("\n## Failures\n")[1] ?? "";
  const rows = [...table.matchAll(/^\| `([a-z-]+)` \|.*\| ([^|]+) \|$/gm)];
  const told = Object.fromEntries(rows.map(([, kind = "", then = ""]) => [kind, then]));
  expect(Object.keys(told).toSorted()).toEqual(Object.keys(REACTIONS).toSorted());
  for (const [kind, { reaction, because }] of Object.entries(REACTIONS)) {
    expect(told[kind]).toMatch(SAID[reaction]);
    expect(because).not.toBe("");
  }
});
