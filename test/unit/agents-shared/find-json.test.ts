import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findJson, MAX_ANSWER } from "../../../src/adapters/agents/shared/find-json.ts";
import { parseSafely } from "../../../src/adapters/shared/safe-json.ts";
import { filled, growthOf, PATIENCE_MS } from "../linear.ts";

const valueIn = (text: string) => {
  const finding = findJson(text);
  return finding.found === "value" ? finding.value : finding.found;
};

describe("the answer among chatter", () => {
  test.each<[string, string, unknown]>([
    ["the whole text", ' {"a":1}\n', { a: 1 }],
    ["a list as the whole text", "[1,2]", [1, 2]],
    ["a fenced block", 'Here:\n```json\n{"a":1}\n```\nDone.', { a: 1 }],
    ["the last of two fenced blocks", '```json\n{"a":1}\n```\n```json\n{"a":2}\n```', { a: 2 }],
    ["a fence without a language", '```\n{"a":1}\n```', { a: 1 }],
    ["not a fence of another language", '```ts\n{"no":1}\n```\n{"a":1}', { a: 1 }],
    [
      "an object between words",
      'Sure! {"a":{"b":[1,{"c":2}]}} Anything else?',
      { a: { b: [1, { c: 2 }] } },
    ],
    ["the last of two objects", 'Schema: {"a":0}. Answer: {"a":1}', { a: 1 }],
    ["an empty object only when alone", '{"a":1} and {}', { a: 1 }],
    ["an empty object when alone", "so: {} ok", {}],
    ["braces in strings", 'x {"a":"}{","b":"\\"}"} y', { a: "}{", b: '"}' }],
    ["braces in prose", 'I use { and {x} freely. {"a":1}', { a: 1 }],
    ["an unclosed brace with a quote in prose", 'type {"\nthen {"a":1} ok', { a: 1 }],
    ["an object that is no JSON before one that is", '{"a": b} {"a":1}', { a: 1 }],
    ["backticks inside a string", '{"md":"```js\\ncode\\n```"}', { md: "```js\ncode\n```" }],
    ["a line of log before", '[info] started\n{"a":1}', { a: 1 }],
    ["a byte order mark left over", '\uFEFF{"a":1}', { a: 1 }],
  ])("is found: %s", (_, text, expected) => {
    expect(valueIn(text)).toEqual(expected);
  });

  test.each<[string, string]>([
    ["no text", ""],
    ["prose", "I could not do this."],
    ["a bare number", "42"],
    ["a bare word", "null"],
    ["single quotes", "{'a':1}"],
    ["more than is looked at", `{"a":"${"x".repeat(MAX_ANSWER)}"}`],
  ])("is not found in %s", (_, text) => {
    expect(valueIn(text)).toBe("nothing");
  });

  test.each(['{"a":1, "b":{"c":2}', 'Answer: {"a":"unfin', '{"first":1}\n{"a":[1,2'])(
    "that broke off is not replaced by a part of it: %s",
    (text) => {
      expect(valueIn(text)).toBe("truncated");
    },
  );

  test("is found whatever stands around it", () => {
    const chatter = fc.string().filter((text) => !/[{}"`~[\]]/.test(text));
    const key = fc
      .string({ minLength: 1 })
      .filter((text) => text !== "__proto__" && !text.includes("\0"));
    const object = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
    fc.assert(
      fc.property(chatter, object, chatter, (before, value, after) => {
        const text = JSON.stringify(value);
        expect(valueIn(`${before}${text}${after}`)).toEqual(parseSafely(text));
      }),
    );
  });

  test.each(['{"', '{"a":', "{", "```json\n", '{"a":"\n', "[", '{"a":{"', "}", '"'])(
    "text of many %j is read in linear time",
    (piece) => {
      expect(findJson(filled(piece, 40_000)).found).not.toBe("value");
      expect(
        growthOf(
          (size) => filled(piece, size),
          (text) => void findJson(text),
          20_000,
        ),
      ).toBe("linear");
    },
    PATIENCE_MS,
  );

  test("never throws", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("{", "}", '"', "\\", "\n", "a", ":", "```", "[")),
        (parts) => {
          expect(findJson(parts.join(""))).toHaveProperty("found");
        },
      ),
    );
  });
});

describe("untrusted JSON", () => {
  test("loses __proto__ however it is spelled, and keeps the rest", () => {
    const value = parseSafely(
      '{"__proto__":{"x":1},"\\u005f_proto__":2,"a":{"__proto__":3,"b":4}}',
    );
    expect(value).toEqual({ a: { b: 4 } });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test("is refused when nested too deep, without running out of stack", () => {
    expect(parseSafely("[".repeat(201) + "]".repeat(201))).toBeUndefined();
    expect(parseSafely("[".repeat(200) + "]".repeat(200))).toBeDefined();
    expect(parseSafely('{"a":'.repeat(200_000))).toBeUndefined();
  });

  test("holds only text that a database can store", () => {
    expect(parseSafely('{"a\\u0000":"x\\u0000y\\ud800z\\udc00 \\ud83d\\ude00"}')).toEqual({
      a: "xy\uFFFDz\uFFFD 😀",
    });
  });
});
