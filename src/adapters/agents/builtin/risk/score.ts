/** 1 to 3, for a likelihood or an impact; a risk's score is the product of both. */
export type Points = 1 | 2 | 3;

/** Points as the contract's word. */
export const levelOf = (points: number): "low" | "medium" | "high" =>
  points >= 3 ? "high" : points === 2 ? "medium" : "low";
