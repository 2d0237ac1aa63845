import { DRAWING_STYLE } from "./drawing-style.ts";
import { element, titleOf, wellFormed } from "./svg.ts";

/** A picture before it is a file or part of the page. `body` and `side` are markup, sizes are pixels. */
export interface Drawing {
  /** `gantt-people`: names its file and its place on the page. */
  readonly id: string;
  readonly title: string;
  /** What can be seen, in a sentence or two with figures. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly body: string;
  /** Names of the rows: they stay where they are when the rest is scrolled. */
  readonly side?: { readonly width: number; readonly body: string };
  /** What is above the rows, over the upper edge of `body`: it stays where it is when the rest is scrolled. */
  readonly head?: { readonly height: number; readonly body: string };
  /** What marks mean; markup of a swatch of 28 × 14 and words. */
  readonly legend: readonly { readonly swatch: string; readonly text: string }[];
}

const LEGEND_ROW = 20;
const LEGEND_COLUMN = 250;
const MARGIN = 12;
const HEAD = 34;

/** A drawing as a file of its own: title, picture, legend; light or dark as the reader has it. */
export function svgFile(drawing: Drawing): string {
  const { title, description, side, legend } = drawing;
  const left = side?.width ?? 0;
  const inner = Math.max(left + drawing.width, 2 * LEGEND_COLUMN);
  const columns = Math.max(1, Math.floor(inner / LEGEND_COLUMN));
  const below = HEAD + drawing.height + MARGIN;
  const [width, height] = [
    inner + 2 * MARGIN,
    below + Math.ceil(legend.length / columns) * LEGEND_ROW + MARGIN,
  ];
  const keys = legend.map(({ swatch, text }, index) =>
    element(
      "g",
      {
        transform: `translate(${MARGIN + (index % columns) * LEGEND_COLUMN} ${below + Math.floor(index / columns) * LEGEND_ROW})`,
      },
      swatch,
      element("text", { x: 36, y: 11, class: "key" }, wellFormed(text)),
    ),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" role="img" aria-labelledby="title desc">
<title id="title">${wellFormed(title)}</title><desc id="desc">${wellFormed(description)}</desc>
<style>${DRAWING_STYLE}</style>
<rect class="paper" width="100%" height="100%"/>
<text class="headline" x="${MARGIN}" y="22">${wellFormed(title)}</text>
${side ? `<g transform="translate(${MARGIN} ${HEAD})">${side.body}</g>` : ""}
<g transform="translate(${MARGIN + left} ${HEAD})">${drawing.body}${drawing.head?.body ?? ""}</g>
${keys.join("\n")}
</svg>
`;
}

const size = (wide: number, high: number): string =>
  `width="${Math.ceil(wide)}" height="${Math.ceil(high)}" viewBox="0 0 ${Math.ceil(wide)} ${Math.ceil(high)}"`;

/** A drawing as part of the page: names of rows and columns stay in sight, the rest scrolls in one frame. */
export function inlineSvg(drawing: Drawing): string {
  const { id, title, description, side, head, width, height, body } = drawing;
  const above = (wide: number, inside: string) =>
    head
      ? `<svg class="drawing head" aria-hidden="true" style="margin-bottom:-${head.height}px" ${size(wide, head.height)}><rect class="paper" width="100%" height="100%"/>${inside}</svg>`
      : "";
  return [
    `<div class="frame" tabindex="0" role="group" aria-label="${wellFormed(title)}" aria-describedby="${id}-desc"><div class="sheet">`,
    side
      ? `<div class="names" aria-hidden="true">${above(side.width, "")}<svg class="drawing" ${size(side.width, height)}>${side.body}</svg></div>`
      : "",
    `<div>${above(width, head?.body ?? "")}<svg class="drawing" role="group" aria-labelledby="${id}-title" ${size(width, height)}><title id="${id}-title">${wellFormed(title)}</title><desc>${wellFormed(description)}</desc>${body}</svg></div>`,
    `</div></div>`,
  ].join("");
}

/** Bars and boxes that can be pointed at and gone to. */
export const mark = (style: string, title: string, ...children: readonly string[]): string =>
  `<g class="mark ${style}" role="img">${titleOf(title)}${children.join("")}</g>`;
