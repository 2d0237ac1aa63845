import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText } from "../../../../src/adapters/plan-files/decode-text.ts";

const refusal = (bytes: Buffer) => {
  const text = decodeText(bytes, "p.md");
  if (text.ok) throw new Error(`was read as ${JSON.stringify(text.value)}`);
  return text.error;
};

test("what is read gives the same bytes when it is written", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: "binary" }), (bytes, text) => {
      for (const each of [Buffer.from(bytes), Buffer.from(text), Buffer.from(`\uFEFF${text}`)]) {
        const read = decodeText(each, "p.md");
        if (read.ok) expect(Buffer.from(read.value).equals(each)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(decodeText(Buffer.from("\uFEFFa\u0000b"), "p.md")).toEqual({
    ok: true,
    value: "\uFEFFa\u0000b",
  });
});

test("what is not UTF-8 is refused at the first wrong byte, columns in characters", () => {
  const latin1 = Buffer.concat([
    Buffer.from("a\r\nb\rä😀"),
    Buffer.from([0xe4]),
    Buffer.from("c\n"),
  ]);
  expect(refusal(latin1)).toMatchObject({
    code: "PLAN_UNREADABLE",
    place: { file: "p.md", line: 3, column: 3 },
  });
  expect(refusal(Buffer.from([0x0a, 0xc3]))).toMatchObject({ place: { line: 2, column: 1 } });
});

test.each([
  ["UTF-16", Buffer.from("\uFEFF# A", "utf16le")],
  ["UTF-16", Buffer.from("\uFEFF# A", "utf16le").swap16()],
  ["UTF-16LE", Buffer.from("# A plan\n- [ ] 1.1 a", "utf16le")],
  ["UTF-16BE", Buffer.from("# A plan\n- [ ] 1.1 a", "utf16le").swap16()],
])("%s is named, with how to mend it", (name, bytes) => {
  const error = refusal(bytes);
  expect(error.message).toBe(`p.md is ${name}.`);
  expect(error.hint).toContain(`iconv -f ${name} -t UTF-8`);
});
