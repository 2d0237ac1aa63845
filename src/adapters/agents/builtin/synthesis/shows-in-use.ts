const HORIZON =
  /\b(?:within|after|over|in|during)\s+(?:the\s+)?(?:first\s+|next\s+)?(?:\S+\s+)?(?:weeks?|months?|quarters?|years?)\b|\bfirst\s+\d[\d.,]*\s+\p{L}+/iu;

/** Whether a success criterion speaks of weeks, months or numbers of uses: no test before release can show it. */
export const showsInUse = (criterion: string): boolean => HORIZON.test(criterion);
