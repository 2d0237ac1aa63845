/** The text that is searched for, if it may be (FR-003). */
export const searchedText = (text) => text;
