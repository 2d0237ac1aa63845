import { expect, test } from "vitest";
import { readJsonTree } from "../../../src/core/json-tree.ts";
import type { TreeNode } from "../../../src/core/text-tree.ts";

const LENIENT = { maxDepth: 64, lenient: true };

const plain = (node: TreeNode | undefined): unknown => {
  if (!node || node.kind === "scalar") return node?.value;
  if (node.kind === "list") return node.items.map(plain);
  return node.entries.map(({ key, value }) => [key, plain(value)]);
};

test("lenient: comments and trailing commas are read past, each a problem with its place", () => {
  const { root, problems } = readJsonTree(
    '{\n "a": [1, 2, ], // why\n /* more\n lines */ "b": {"c": null,},\n # last\n}',
    LENIENT,
  );
  expect(plain(root)).toEqual([
    ["a", [1, 2]],
    ["b", [["c", null]]],
  ]);
  expect(problems.map(({ kind, at }) => [kind, at])).toEqual([
    ["feature", 13],
    ["feature", 18],
    ["feature", 26],
    ["feature", 59],
    ["feature", 64],
    ["feature", 61],
  ]);
});

test("lenient: of two keys the last counts, and every key is an ordinary one", () => {
  const { root, problems } = readJsonTree('{"__proto__": 1, "a": 2, "a": 3}', LENIENT);
  expect(plain(root)).toEqual([
    ["__proto__", 1],
    ["a", 3],
  ]);
  expect(problems).toMatchObject([{ kind: "duplicate", at: 25 }]);
});

test("a comment without its end, and a text full of stray commas", () => {
  expect(readJsonTree("[1 /* 2]", LENIENT)).toMatchObject({
    root: undefined,
    problems: [{ kind: "feature" }, { kind: "syntax", at: 3 }],
  });
  const many = readJsonTree(`[${"[1,],".repeat(10_000)}]`, LENIENT);
  expect(many.problems).toHaveLength(50);
  expect(many.root).toMatchObject({ kind: "list" });
});

test("a string of 32 MB is read in one piece", () => {
  const text = JSON.stringify("x".repeat(32 * 1024 * 1024));
  expect(readJsonTree(text, LENIENT).problems).toEqual([]);
});
