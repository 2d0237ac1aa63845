/** A technique that the words of a requirement call for. */
export interface AlgorithmRule {
  readonly name: string;
  readonly when: RegExp;
  /** What makes the words mean something else. */
  readonly unless?: RegExp;
  /** How it is done; `$1` and so on are what the pattern captured. */
  readonly how: string;
}

export const ALGORITHM_RULES: readonly AlgorithmRule[] = [
  {
    name: "At most one",
    when: /\bat most one\s[\p{L} -]{2,40}?\sper\s([\p{L}-]+(?: and [\p{L}-]+)?)/iu,
    how: "a unique key over $1 in the store, so that of two attempts at the same moment the store itself refuses one; that refusal is turned into the answer that the specification asks for, and nothing is read first and written later",
  },
  {
    name: "Unique value",
    when: /\bunique(?:ly|ness)?\b|\bno two\b|\bduplicate (?:e-?mails?|names?|titles?|entries|records|usernames?|codes?)\b/iu,
    how: "a unique key in the store over the value in its compared form (case, spaces); checking before writing is a courtesy to the user and not the guarantee",
  },
  {
    name: "Exactly once",
    when: /\bexactly once\b|\bat most once\b|\bonce only\b|\bidempoten\w+|\bno duplicates\b|\bsent twice\b/iu,
    how: "each item gets an id where it is made, before it is sent; the receiver keeps the ids it has taken in the same transaction as their effect and answers a repeated one with the first result",
  },
  {
    name: "Kept without a network",
    when: /\bwithout (?:a |the )?network\b|\boffline\b|\bno (?:network|connection|internet)\b/iu,
    unless: /\bofflin\w+ (?:event|meeting|store)\b/iu,
    how: "entries are written to a queue on the device in the order they are made and removed only when the receiver has confirmed them; one that is refused later is shown to the person and never dropped",
  },
  {
    name: "Due at a time of day",
    when: /\bat (\d{1,2}[:.h]\d{2})\b/iu,
    how: "a job asks the store at $1 which items are due and not yet done, and marks each as done together with doing it, so that a run that is missed is caught up and one that is repeated does nothing twice",
  },
  {
    name: "Recurring work",
    when: /\b(daily|weekly|biweekly|monthly|nightly|hourly|every (?:day|week|month|hour|night|\d+ \p{L}+))\b/iu,
    unless: /\b(?:at most|up to) \d+\b[^.]{0,20}\b(?:daily|weekly|monthly)\b/iu,
    how: "the next due moment ($1) is stored with each item and moved on in the transaction that does the work; what was due while nothing ran is found by the same question",
  },
  {
    name: "Deadline",
    when: /\bwithin ((?:one|two|three|\d+) (?:working |business )?(?:days?|hours?|weeks?|months?))\b/iu,
    how: "the moment by which it must be done ($1 after what starts it) is stored when it starts; a job finds what is past it, and that list is what somebody watches",
  },
  {
    name: "Free and taken days",
    when: /\b(?:is|are) (?:free|available)\b|\bavailab(?:le|ility)\b[^.]{0,40}\b(?:days?|dates?|slots?|times?)\b|\boverlap\w*|\bdouble[- ]?book\w*/iu,
    how: "computed from what is stored and not kept a second time: two spans meet when each begins no later than the other ends",
  },
  {
    name: "Order of results",
    when: /\b(?:sort(?:ed|s)?|order(?:ed)?) by ([\p{L} -]{3,40}?)(?=[,.;()]|$)|\b(?:newest|oldest|most recent|latest) first\b|\b(?:reverse )?chronological\w*|\balphabetical\w*/iu,
    how: "sorted by what the sentence names, equal ones by their id, so that pages neither repeat nor skip one",
  },
  {
    name: "Search and filter",
    when: /\b(?:search(?:es|able)?|filter(?:s|ed|ing)?) (?:\p{L}+ ){0,3}?by ([\p{L}, -]{3,60}?)(?=[.;()]|$)/iu,
    how: "every criterion ($1) narrows the same question to the store; none given means all, and the number of results is asked of the store, not counted from a page",
  },
  {
    name: "Limited attempts",
    when: /\brate.?limit\w*|\bthrottl\w+|\b(\d+) (?:failed |consecutive |unsuccessful )?(?:login )?attempts\b|\block(?:ed)? out\b/iu,
    how: "a counter per account and origin over a sliding window, kept in the store so that every process sees it; it is raised before the attempt is judged",
  },
  {
    name: "Passwords",
    when: /\bpasswords?\b/iu,
    unless:
      /\bwithout (?:a )?password|\bpasswordless\b|\b(?:no|not|never) (?:\p{L}+ ){0,3}passwords?/iu,
    how: "only a salted hash made by a function meant for passwords is kept; comparing takes the same time for accounts that do not exist",
  },
  {
    name: "Expiry",
    when: /\bexpir(?:e|es|ed|y|ation)\b|\bvalid for (\d+ \p{L}+)|\bolder than (\d+ \p{L}+)/iu,
    unless: /\b(?:no|not|never|without) (?:\p{L}+ )?expir/iu,
    how: "the moment of expiry is stored when the thing is made, and every use compares it with the clock of the store; deleting what is past is a separate job that nothing waits for",
  },
  {
    name: "Balances and totals",
    when: /\b(?:balances?|totals?|sum of|running total|average|percentage|statistics)\b/iu,
    how: "computed from the recorded entries; where a stored figure is needed for speed it is written in the same transaction as the entry and compared with the sum by a job",
  },
  {
    name: "History",
    when: /\b(?:audit (?:log|trail|event)s?|history|append-only)\b|\bkeep,? (?:for )?(?:each|every)\b|\blog (?:all|every|each)\b/iu,
    how: "entries are only ever added, with their time and author, in the transaction of what they tell of; a correction is a further entry",
  },
  {
    name: "Bounded repetition",
    when: /\b(?:max(?:imum)?|up to|at most) (\d+ (?:iterations|rounds|retries|loops|passes))\b|\biterat(?:es?|ions?)\b[^.]{0,60}\buntil\b/iu,
    how: "one loop with a counter ($1) that is checked before each turn; it ends by the condition, by the bound or by an error, and says which",
  },
  {
    name: "Figures in money",
    when: /\b(?:euros?|dollars?|cents?|usd|eur|€|\$\d)/iu,
    unless: /\bworth\b[^.]{0,40}\bonly\b/iu,
    how: "whole numbers of the smallest coin with the currency beside them; no floating point",
  },
];
