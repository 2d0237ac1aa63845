import { loadavg } from "node:os";

const out = (cells) => process.stdout.write(`| ${cells.join(" | ")} |\n`);

/** A table as it stands in README.md. `head`: names of columns with ` | ` between. */
export function table(head, rows) {
  const names = head.split(" | ");
  process.stdout.write(`\nload ${loadavg()[0].toFixed(1)}\n\n`);
  out(names);
  out(names.map((_, index) => (index === 0 ? "---" : "---:")));
  for (const row of rows) out(row);
}
