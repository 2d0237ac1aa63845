const BOX = /^([ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+\[)[ xX]\]/gm;

/**
 * Whether two texts are the same but for the boxes of their tasks: who builds what a plan says ticks its tasks off, and
 * that does not make it another plan.
 */
export const sameButBoxes = (one: string, other: string): boolean =>
  emptied(one) === emptied(other);

const emptied = (text: string): string => text.replace(BOX, "$1 ]");
