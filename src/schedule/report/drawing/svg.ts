import { escapeHtml } from "../../../core/html/escape-html.ts";
import { oneLine } from "../../../core/text.ts";

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element of SVG; attributes are escaped, `children` are markup already. */
export function element(
  name: string,
  attributes: Attributes,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${valueText(value)}"`]))
    .join("");
  const inside = children.join("");
  return inside === "" ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

const valueText = (value: string | number): string =>
  typeof value === "number" ? `${Math.round(value * 10) / 10}` : wellFormed(value);

/** Text of others for XML: no markup, and no characters that XML does not have. */
export const wellFormed = (text: string): string =>
  escapeHtml(text).replace(/[\p{Surrogate}\uFFFE\uFFFF]/gu, "�");

const LONGEST_TITLE = 400;

/** What is told of an element where it is pointed at, and read out. */
export const titleOf = (text: string): string =>
  `<title>${wellFormed(oneLine(text, LONGEST_TITLE))}</title>`;

interface Words {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Cut to this many pixels. */
  readonly room?: number;
  readonly style?: string;
  readonly anchor?: "start" | "middle" | "end";
}

export const words = ({ x, y, text, room, style, anchor }: Words): string =>
  element(
    "text",
    { x, y, class: style, "text-anchor": anchor === "start" ? undefined : anchor },
    wellFormed(
      room === undefined ? oneLine(text) : fitted(text, style === "strong" ? room / BOLD : room),
    ),
  );

/** Widths of characters at 11 px: mostly a little less, Chinese and the like twice as wide. */
const NARROW = 6;
const WIDE = 11.5;
/** Bold ones are wider by this. */
const BOLD = 1.12;

/** As much of a text as has room; nothing where there is none for two characters. */
export function fitted(text: string, room: number): string {
  const points = Array.from(oneLine(text, 200));
  let width = 0;
  for (const [index, point] of points.entries()) {
    width += widthOf(point);
    if (width <= room) continue;
    let kept = index;
    for (let left = width - widthOf(point); kept > 0 && left > room - NARROW; kept--)
      left -= widthOf(points[kept - 1] ?? "");
    return kept < 2 ? "" : `${points.slice(0, kept).join("").trimEnd()}…`;
  }
  return points.join("");
}

const widthOf = (point: string): number => ((point.codePointAt(0) ?? 0) >= 0x11_00 ? WIDE : NARROW);

export const textWidth = (text: string): number =>
  Array.from(oneLine(text, 200)).reduce((sum, point) => sum + widthOf(point), 0);
