import { PassThrough, Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openWire } from "../../../src/adapters/agents/acp/wire.ts";

/** What the sinks are told of these chunks, in order: the method of a message, the text of anything else. */
async function heard(chunks: readonly Uint8Array[]) {
  const told: { readonly message?: string; readonly noise: string }[] = [];
  const { readable } = openWire(new PassThrough(), Readable.from(chunks), {
    async message({ method }) {
      told.push({ message: `method ${JSON.stringify(method)}`, noise: "" });
      return true;
    },
    async noise(bytes) {
      told.push({ noise: Buffer.from(bytes).toString() });
    },
  });
  for await (const _ of readable) throw new Error("a message was not taken");
  return told;
}

const line = fc.oneof(
  fc.integer({ min: 0, max: 999 }).map((number) => `{"jsonrpc":"2.0","method":"m${number}"}`),
  fc.integer({ min: 0, max: 9 }).map((number) => ` \t{"jsonrpc":"2.0","method":"m${number}"}\r`),
  fc.constantFrom('\uFEFF{"jsonrpc":"2.0","method":"marked"}', "{}", "[1]", "", " ", "\r"),
  fc.string({ maxLength: 40, unit: fc.constantFrom("a", "{", "é", " ", '"', "}") }),
);

test("whatever is printed between messages, and however it is cut, messages come whole, in order, and no line is lost", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 30 }),
      fc.array(fc.nat(), { maxLength: 20 }),
      fc.boolean(),
      async (lines, cuts, ended) => {
        const bytes = Buffer.from(lines.join("\n") + (ended ? "\n" : ""));
        const places = cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b);
        const chunks = [0, ...places].map((from, at) => bytes.subarray(from, places[at]));
        const told = await heard(chunks.filter(({ length }) => length > 0));
        const seen = told.flatMap(({ message, noise }) =>
          message === undefined ? noise.split("\n") : [message],
        );
        expect(seen.filter(isVisible)).toEqual(
          lines
            .map((each) => each.replace(/^[^]*"method":"(\w+)"[^]*$/, 'method "$1"'))
            .filter(isVisible),
        );
      },
    ),
  );
});

const isVisible = (text: string): boolean => /[^\s]/.test(text);

test("a flood of short lines comes in pieces of about 2,000 bytes", async () => {
  const text = "all work and no play\n".repeat(10_000);
  const told = await heard([Buffer.from(text)]);
  expect(told.length).toBeLessThan(text.length / 1_900);
  expect(Math.max(...told.map(({ noise }) => noise.length))).toBeLessThan(2_100);
  expect(`${told.map(({ noise }) => noise).join("\n")}\n`).toBe(text);
});
