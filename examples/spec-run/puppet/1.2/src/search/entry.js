/** An entry as it is searched: its line in the journal, its day, to whom, and the postings. Nothing of it changes. */
export const entryOf = ({ line, date, payee, postings }) =>
  Object.freeze({ line, day: date, payee, postings: Object.freeze([...postings]) });
