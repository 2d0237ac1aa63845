import { oneLine } from "../../core/text.ts";
import { composeLine, wrapText, type Style, type Tone } from "../style.ts";

/** Columns of a label. */
export const LABEL = 11;

interface Labelled {
  readonly label: string;
  readonly text: string;
  readonly tone?: Tone;
}

/** A figure behind its name, wrapped under itself. */
export const labelled = ({ label, text, tone = "plain" }: Labelled, style: Style): string[] =>
  wrapText(text, Math.max(20, style.width - LABEL)).map((line, index) =>
    composeLine(style, [
      { text: index === 0 ? ` ${label}` : "", columns: LABEL, tone: "quiet" },
      { text: line, tone },
    ]),
  );

/** Prose at one column. */
export const prose = (text: string, style: Style): string[] =>
  wrapText(text, Math.max(20, style.width - 1)).map((line) => ` ${line}`);

/** What a schedule is of. */
export const titleLine = (
  { title, file }: { readonly title: string; readonly file: string },
  style: Style,
): string =>
  composeLine(style, [{ text: oneLine(title === "" ? file : title, 400), tone: "strong" }]);
