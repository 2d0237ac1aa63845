import fc from "fast-check";
import { expect, test } from "vitest";
import { valueOf } from "../../../src/adapters/config/config-text.ts";
import { readConfig } from "../../../src/adapters/config/read-config.ts";
import { readJsonTree } from "../../../src/core/json-tree.ts";
import { formatPlace } from "../../../src/core/place.ts";

/** What `JSON.parse` says of a text. */
function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** As the configuration has it: without keys of no value. */
const without = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(without)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value).flatMap(([key, item]) =>
            item === null ? [] : [[key, without(item)]],
          ),
        )
      : value;

test("what JSON.parse takes is read with the same values", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 6 }),
      fc.constantFrom(0, 1, "\t", " \r\n"),
      (value, gap) => {
        const text = JSON.stringify(value, null, gap);
        const tree = readJsonTree(text, { maxDepth: 32 });
        if (text.includes('"__proto__"')) return;
        expect(tree.problems).toEqual([]);
        expect(valueOf(tree.root)).toEqual(without(parsed(text)?.value) ?? {});
      },
    ),
    { numRuns: 2_000 },
  );
});

test("what JSON.parse refuses is refused, and nothing else; nothing throws", () => {
  const tokens = fc.constantFrom(
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"b"',
    '"\\u00e4"',
    '"\\x"',
    "'a'",
    "1",
    "-0.5e3",
    "01",
    "1.",
    "-",
    "true",
    "null",
    "nul",
    "//c\n",
    "/*c*/",
    "#c\n",
    " ",
    "\t",
    "\n",
    "\u00a0",
    '"',
    "\\",
  );
  let right = 0;
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { maxDepth: 3 },
      tokens,
      fc.array(tie("document"), { maxLength: 4 }).map((all) => `[${all.join(",")}]`),
      fc.array(tie("document"), { maxLength: 4 }).map((all) => all.join("")),
    ),
  }));
  fc.assert(
    fc.property(document, (text) => {
      const syntax = readJsonTree(text, { maxDepth: 32 }).problems.filter(
        ({ kind }) => kind === "syntax",
      );
      const real = parsed(text);
      if (real) right += 1;
      expect(syntax.length === 0).toBe(real !== undefined);
    }),
    { numRuns: 5_000 },
  );
  expect(right).toBeGreaterThan(50);
});

const HINT = "Check brackets, quotes and commas here; YAML takes comments, too.";

test.each([
  [
    '{"version": 1,\n}',
    `w.json:1:14 This is not a usable file: a comma stands before }, which JSON does not have. ${HINT}`,
  ],
  [
    "{\r\n  // why\r\n}",
    `w.json:2:3 This is not a usable file: a comment stands here, which JSON does not have. ${HINT}`,
  ],
  [
    "{'version': 1}",
    `w.json:1:2 This is not a usable file: a key in double quotes is expected here, not "'". ${HINT}`,
  ],
  [
    '\uFEFF{"version" 1}',
    `w.json:1:12 This is not a usable file: a colon is expected here, not "1". ${HINT}`,
  ],
  [
    "",
    `w.json:1:1 This is not a usable file: a value is expected here, not the end of the file. ${HINT}`,
  ],
  [
    "[".repeat(200_000),
    `w.json:1:33 This is not a usable file: nesting exceeded 32 levels. ${HINT}`,
  ],
  [
    '{"version": 1, "version": 1}',
    'w.json:1:16 This is not a usable file: the key "version" stands here a second time. Keep one of the two.',
  ],
  [
    '{"limits": {"agents": 0}}',
    "w.json:1:23 limits.agents must be a whole number from 1 to 1000, not 0. Correct the value, or remove the line to use the default.",
  ],
])("%.40s", (text, expected) => {
  const read = readConfig(text, "w.json");
  expect(
    read.ok ? [] : read.error.map((d) => `${formatPlace(d.place)} ${d.message} ${d.hint}`),
  ).toEqual([expected]);
});

test("a schema named for editors is no option, and a broken file repeats nothing of it", () => {
  expect(readConfig('{"$schema": "./x.json", "version": 1}', "w.json")).toMatchObject({ ok: true });
  const broken = readConfig('{"agents": {"a": sk-canary0123456789abcdef}}', "w.json");
  expect(broken.ok).toBe(false);
  expect(JSON.stringify(broken)).not.toContain("canary");
});
