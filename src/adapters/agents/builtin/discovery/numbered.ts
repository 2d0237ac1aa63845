/** `Q1. ` before the first question: its number in discovery.md, by which it is answered at the gate. */
export const numbered = (index: number): string => `Q${index + 1}. `;
