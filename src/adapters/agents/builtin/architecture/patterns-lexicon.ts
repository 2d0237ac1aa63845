/** A design pattern and the words of a spec that call for it. */
export interface PatternRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** Why these words call for it, after the quotation. */
  readonly because: string;
  /** Words by which the spec decides otherwise. */
  readonly unless?: RegExp;
}

export const PATTERNS: readonly PatternRule[] = [
  {
    name: "Idempotent commands",
    pattern:
      /\b(?:idempotent\w*|duplicate (?:requests?|submissions?|charges?|deposits?|entries)|retr(?:y|ies|ied)\b|exactly once|double[- ](?:click|submit(?![- ](?:cookie|token))|spend)\w*|missed (?:scheduled )?\w+|multiple times)\b/iu,
    because:
      "the same command can arrive or run twice, so a second run must find the first one's result instead of repeating it",
  },
  {
    name: "Conditional write (first one wins)",
    pattern:
      /\b(?:single-use|one-time|used? once|only the first|already (?:been )?(?:used|consumed|redeemed|resolved|taken)|usage unique|simultaneous \w+|race condition|overselling|capacity)\b/iu,
    because:
      "two callers can try at the same moment; the state change has to be one conditional write in the database, not a check followed by a write",
  },
  {
    name: "Optimistic locking",
    pattern:
      /\b(?:concurrent (?:edits?|updates?|modif\w+|changes?)|edit(?:ed|ing)? (?:at the same time|simultaneously)|stale (?:data|version|edit)|last[- ]write[- ]wins|conflicting (?:edits?|updates?))\b/iu,
    because: "a version compared on write tells the second editor that the text changed underneath",
  },
  {
    name: "Unique constraint in the store",
    pattern:
      /\b(?:(?<!\busage )unique(?:ness)?(?!ment)|(?:at most|only) one \w+ (?:per|at a time)|one \w+ per \w+|prevent (?:multiple|duplicate)|same email|duplicate names?|identifiant unique)\b/iu,
    because: "a rule over all records holds under concurrency only if the store enforces it",
  },
  {
    name: "Scheduled jobs with catch-up",
    pattern:
      /\b(?:recurring|scheduled (?:deposits?|jobs?|time|runs?|tasks?)|weekly|nightly|cron|on a schedule|at the appropriate time|periodic\w*)\b/iu,
    because:
      "work is due at times nobody is present: due items are stored with their next time and a worker picks up all that are due, also after an outage",
  },
  {
    name: "Append-only log",
    pattern:
      /\b(?:append-only|audit (?:log|trail|purposes|record)|log all \w+|activity (?:log|entry|feed)|immutable (?:log|record)|journalis\w+|transaction history)\b/iu,
    because:
      "evidence is worth something only if it is added to and never changed, and survives what it describes",
  },
  {
    name: "Outbox for messages that follow a write",
    pattern:
      /\b(?:confirmation e-?mail|(?:reset|verification|notification) e-?mail|e-?mail (?:is|are|was) sent|envoyer un e-?mail|send\w* (?:a |an )?(?:push |e-?mail )?(?:notification|reminder|e-?mail)s?)\b/iu,
    because:
      "the record and the message must not part when sending fails: the message is stored in the same transaction and sent from there",
    unless: /\b(?:fails? (?:gracefully|de manière transactionnelle)|pas de compte sans email)\b/iu,
  },
  {
    name: "Scope taken from the session",
    pattern:
      /\b(?:derived from the authenticated session|never from (?:an? )?(?:identifier|caller)|own (?:children|data|account|family)|another (?:family|tenant|organi[sz]ation|user)'s|cross-(?:family|tenant)|multi-tenan\w+|tenant)\b/iu,
    because:
      "whose data it is follows from who asks; every query carries that scope, so a forged identifier finds nothing",
  },
  {
    name: "Token state that can be revoked",
    pattern:
      /\b(?:invalidat\w+ (?:all |the )?(?:\w+ ){0,3}(?:tokens?|sessions?)|immediately (?:invalidates?|loses? access|prevents)|revok\w+|log ?out \w* ?(?:invalidat|prevent)\w*|invalider toutes les sessions)\b/iu,
    because:
      "access has to end before the token's own expiry, so each request must be checked against something the server can change",
  },
  {
    name: "Secrets stored only as hashes",
    pattern: /\b(?:hash(?:ed|es)?\b|hasher|bcrypt|argon2\w*|pbkdf2|non-recoverabl[ey]|one-way)\b/iu,
    because: "what the server can't read back can't leak from it",
  },
  {
    name: "Uniform answers against enumeration",
    pattern:
      /\b(?:enumerat\w+|not (?:expose|reveal|disclose) whether|without revealing|indistinguishable|indistinguable|anti-énumération)\b/iu,
    because: "known and unknown accounts must get the same text and comparable timing",
  },
  {
    name: "Soft deletion",
    pattern:
      /\b(?:restore (?:an? |the )?(?:deleted|archived|removed|previous)|undo|undelete|trash|recycle bin|archiv(?:e|ed|ing)|recover deleted|soft[- ]delet\w+)\b/iu,
    because:
      "what can come back is marked, not removed, and every reading query leaves marked records out",
  },
  {
    name: "Tree with guarded moves",
    pattern: /\b(?:hierarch\w+|parent item|sub-?items?|ancestor|descendants?|circular)\b/iu,
    because: "moving a node must refuse its own descendants, in the same transaction that moves it",
  },
  {
    name: "Validate, then write, then swap",
    pattern:
      /\b(?:partial (?:execution|metadata|state|write)|no partial|atomic\w*|(?:avoid|not) silently (?:delet|overwrit)\w+|does not create partial)\b/iu,
    because:
      "files are changed only after all checks passed, written aside and renamed, so a stop in between leaves the old state",
  },
  {
    name: "Preconditions checked before any work",
    pattern:
      /\b(?:check for the existence|before attempting|(?<![-\w])prerequisites?(?![-.\w])|not (?:found|installed|been run)|required (?:utility )?scripts?|validate the target)\b/iu,
    because:
      "what can fail is checked first and reported with its remedy, before anything was changed",
  },
  {
    name: "Loop with a progress check",
    pattern:
      /\b(?:max(?:imum)? iterations?|stuck (?:detection|iterations?)|until (?:all|its) [^.]{0,40}(?:complete|resolved|met)|abort the loop)\b/iu,
    because:
      "an unattended loop ends by its goal, by a limit, or by noticing that a turn changed nothing",
  },
  {
    name: "Metadata reconciled with reality",
    pattern:
      /\b(?:drift|diverg\w+|source of truth|disagree|out of sync|reconcil\w+|stay in sync)\b/iu,
    because:
      "two records of one fact will part; one is declared the truth and the other compared with it and reported",
  },
];
