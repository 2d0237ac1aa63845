const MOST = 100;

/** The text that is searched for. Throws a RangeError for one of more than 100 characters (FR-003). */
export function searchedText(text) {
  if ([...text].length > MOST) throw new RangeError(`search for at most ${MOST} characters`);
  return text;
}
