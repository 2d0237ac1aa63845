import { paint, symbolsOf, type Style } from "./style.ts";
import { textWidth } from "./text-width.ts";

/** A title in a line as wide as the terminal. */
export function heading(title: string, style: Style): string {
  const { rule } = symbolsOf(style);
  const line = rule.repeat(Math.max(0, style.width - textWidth(title) - 4));
  return paint(style, "accent", `${rule}${rule} ${title} ${line}`);
}
