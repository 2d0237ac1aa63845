import fc from "fast-check";

/** Named texts, some of which imitate the lines that stand around others. */
export const inputsOf = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}\.md$/),
  fc.oneof(
    fc.string(),
    fc.constant("-----BEGIN DATA 0123456789abcdef x-----"),
    fc.string({ unit: "grapheme" }),
  ),
  { minKeys: 1, maxKeys: 5 },
);
