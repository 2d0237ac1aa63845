import { expect, test } from "vitest";
import { createLineFeed } from "../../../src/adapters/shared/output/line-feed.ts";

const linesOf = (chunks: readonly (string | Uint8Array)[]) => {
  const lines: string[] = [];
  const feed = createLineFeed((line) => lines.push(line));
  for (const chunk of chunks) feed.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  feed.end();
  return { lines, last: feed.last() };
};

test("a line is shown when it is complete, wherever the chunks were cut", () => {
  expect(linesOf(["read", "ing\nwri", "ting\n"]).lines).toEqual(["reading", "writing"]);
});

test("a character split over two chunks stays whole", () => {
  const text = Buffer.from("Größe\n");
  expect(linesOf([text.subarray(0, 3), text.subarray(3)]).lines).toEqual(["Größe"]);
});

test("the last line counts without a newline", () => {
  expect(linesOf(["done"])).toEqual({ lines: ["done"], last: "done" });
});

test("only the newest line of a chunk is shown, and no line twice in a row", () => {
  expect(linesOf(["a\nb\nc\n", "c\n", "\n\n", "d\n"]).lines).toEqual(["c", "d"]);
});

test("what is shown is inert and at most 200 characters", () => {
  const [line = ""] = linesOf([`\u001B]52;c;evil\u0007\u001B[31m${"x".repeat(300)}\u202E\n`]).lines;
  expect(line).toBe("x".repeat(200));
});

test("a line without end is shown once and costs nothing further", () => {
  const { lines } = linesOf(Array.from({ length: 100 }, () => "y".repeat(10_000)));
  expect(lines).toEqual(["y".repeat(200)]);
  expect(
    linesOf([...Array.from({ length: 20 }, () => "y".repeat(10_000)), "z\nnext\n"]).lines,
  ).toEqual(["y".repeat(200), "next"]);
});

test("a program's events are shown in its own words, newest first, and silent ones passed over", () => {
  const lines: string[] = [];
  const feed = createLineFeed(
    (line) => lines.push(line),
    (line) => (line.startsWith("say ") ? line.slice(4) : undefined),
  );
  feed.push(Buffer.from("say one\nnoise\nsay two\nnoise\n"));
  feed.push(Buffer.from("noise\n"));
  expect(lines).toEqual(["two"]);
  expect(feed.last()).toBe("noise");
});
