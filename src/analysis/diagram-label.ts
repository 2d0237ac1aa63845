import { oneLine } from "../core/text.ts";

/** Words within a quoted label of a Mermaid diagram: what could end the label, or mean something to HTML or Markdown, as its code (`#38;`). */
export const diagramLabel = (words: string, most: number): string =>
  oneLine(words, most).replace(
    /[^\p{L}\p{M}\p{N} ._/\-,:()'+!?…–—]/gu,
    (sign) => `#${sign.codePointAt(0) ?? 32};`,
  );
