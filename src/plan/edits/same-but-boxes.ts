import { isMark } from "../box-states.ts";

const BOX = /^([ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+\[)([^\]\r\n])\]/gm;

/**
 * Whether two texts are the same but for the boxes of their tasks, whatever state those say: who builds what a plan says ticks its
 * tasks off, begins or skips them, and that does not make it another plan.
 */
export const sameButBoxes = (one: string, other: string): boolean =>
  emptied(one) === emptied(other);

const emptied = (text: string): string =>
  text.replace(BOX, (box, before: string, mark: string) => (isMark(mark) ? `${before} ]` : box));
