/** Rows as text with aligned columns. `right` has the numbers of columns that end, not begin, in line. */
export function tableOf(rows, { right = [] } = {}) {
  const widths = [];
  for (const row of rows)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, lengthOf(cell))));
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const gap = " ".repeat(widths[column] - lengthOf(cell));
          return right.includes(column) ? gap + cell : cell + gap;
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Letters that are made of several code points count once. */
const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
const lengthOf = (text) => [...letters.segment(text)].length;
