/** What can go wrong at a boundary: the words by which a spec answers it, and what is proposed where it does not. */
export interface FailureRule {
  readonly failure: string;
  readonly answered: RegExp;
  readonly proposed: string;
}

/** How systems of one kind are spoken to. */
export interface AdapterKind {
  readonly names: RegExp;
  /** Demands that use it without naming it. */
  readonly uses?: RegExp;
  /** A file's form: nobody answers, so nothing stands in for it. */
  readonly format?: true;
  readonly pattern: string;
  readonly reason: string;
  /** What it says back. */
  readonly events: readonly string[];
  readonly failures: readonly FailureRule[];
  readonly settings: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly secret: boolean;
  }[];
}

const SILENCE: FailureRule = {
  failure: "No answer arrives: it is down, slow or unreachable",
  answered:
    /\b(?:never arrives|no answer|unreachable|time(?:s|d)? ?out|outage|unavailable|is down|not respond\w*)\b/iu,
  proposed:
    "give up after a fixed time, keep what was asked with its id, try again with growing pauses, and show that it is pending",
};
const REFUSAL: FailureRule = {
  failure: "It refuses what was asked",
  answered: /\b(?:declin\w+|refus\w+ by|rejected by|insufficient)\b/iu,
  proposed:
    "stop the step that asked, keep its state as before, and tell the person the reason that was given",
};
const REPEAT: FailureRule = {
  failure: "The same message arrives twice, late or out of order",
  answered:
    /\b(?:exactly once|at most once|duplicate (?:message|event|callback|webhook)|idempoten\w+)\b/iu,
  proposed: "keep the ids of messages taken and answer a repeated one with the first result",
};

export const ADAPTER_KINDS: readonly AdapterKind[] = [
  {
    names: /\b(?:stripe|paypal|adyen|mollie|payment)\b/i,
    uses: /\b(?:charge|refund|pay|collect|capture|pay ?out)s?\b/i,
    pattern:
      "Gateway: a port in the feature's own words, one implementation, an id of our own with every request",
    reason:
      "money must not move twice; with an id of our own a request whose answer was lost can be asked for and repeated",
    events: [
      "The result of each request, in the answer or in a later callback, by the id that was sent with it",
    ],
    failures: [SILENCE, REFUSAL, REPEAT],
    settings: [
      {
        name: "SECRET_KEY",
        meaning: "Key for requests; one for testing, one for real money",
        secret: true,
      },
      {
        name: "CALLBACK_SECRET",
        meaning: "Secret by which callbacks are known to be genuine",
        secret: true,
      },
    ],
  },
  {
    names: /\be-?mail|\bsms\b|push notification|slack/i,
    uses: /\b(?:send|sends|email|emails|notif\p{L}+|remind\p{L}*)\b[^.]{0,60}\b(?:e-?mails?|sms|messages?|notifications?)\b/iu,
    pattern: "Outbox: the message is written with what causes it, and a sender takes it from there",
    reason:
      "what the message tells of and the message itself happen together or not at all, and no page waits for delivery",
    events: ["Whether the message was taken for delivery; bounces, where the service reports them"],
    failures: [
      SILENCE,
      {
        failure: "The address does not exist or the message comes back",
        answered: /\b(?:bounce\w*|undeliver\w*|not delivered|invalid e-?mail)\b/iu,
        proposed: "mark the address, stop sending to it, and show it to whoever keeps the record",
      },
      REPEAT,
    ],
    settings: [
      { name: "KEY", meaning: "Access to the sending service", secret: true },
      { name: "SENDER", meaning: "Address that messages come from", secret: false },
    ],
  },
  {
    names: /\b(?:sign-?in|oauth|openid|entra|auth0|okta|keycloak|saml)\b/i,
    pattern:
      "Redirecting client: verifies what comes back and turns it into the feature's own account",
    reason: "nothing else in the feature then knows which service says who somebody is",
    events: ["The signed statement of who has signed in, or the refusal"],
    failures: [
      SILENCE,
      {
        failure: "The statement is expired, forged or meant for somebody else",
        answered:
          /\b(?:expired|invalid|forged|tampered)\b[^.]{0,40}\b(?:token|signature|session)/iu,
        proposed: "refuse, log it without the token, and begin the sign-in anew",
      },
    ],
    settings: [
      {
        name: "CLIENT_ID",
        meaning: "Name under which the feature is registered there",
        secret: false,
      },
      {
        name: "CLIENT_SECRET",
        meaning: "Proof that a request comes from the feature",
        secret: true,
      },
      { name: "ISSUER", meaning: "Whose statements are believed", secret: false },
    ],
  },
  {
    names: /\bmap|geolocation|geocod/i,
    pattern: "Port with a plain fallback: positions in, drawing or coordinates out",
    reason: "the list that the map shows stays usable when tiles or position are not to be had",
    events: ["Positions, or the refusal to give one"],
    failures: [
      SILENCE,
      {
        failure: "Position is refused or unknown",
        answered:
          /\b(?:location|permission|geolocation)\b[^.]{0,40}\b(?:den\w+|refus\w+|unavailable|not (?:available|granted|shared))/iu,
        proposed: "go on without a position and let the person enter a place",
      },
    ],
    settings: [
      {
        name: "KEY",
        meaning: "Access to tiles and search, where the service asks for one",
        secret: true,
      },
    ],
  },
  {
    names: /\bstorage|s3|blob|cdn/i,
    pattern: "Store port: put, get and delete by a key that the feature makes",
    reason: "the records keep keys and never addresses of one provider",
    events: ["The key under which the content is kept"],
    failures: [SILENCE, { ...REFUSAL, failure: "An upload breaks off half way" }],
    settings: [
      { name: "BUCKET", meaning: "Where contents are kept", secret: false },
      { name: "ACCESS_KEY", meaning: "Right to read and write there", secret: true },
    ],
  },
  {
    names: /\b(?:git|tmux|docker|container|claude code|agent tool|npm|expo|ci service)\b/i,
    pattern:
      "Process wrapper: arguments in, exit code and output out, nothing else in the feature starts it",
    reason:
      "what the program prints differs between versions; one place reads it, and tests put a script in its place",
    events: ["Exit code, output and error output"],
    failures: [
      {
        failure: "The program is missing or its version is not known",
        answered: /\b(?:not (?:installed|available|found)|missing|prerequisite|fall ?back)\b/iu,
        proposed: "say which program is needed, in which version, and change nothing",
      },
      {
        failure: "It ends with an error or does not end",
        answered: /\b(?:exit code|non-?zero|fails?|hangs?|time(?:s|d)? ?out|abort\w*|crash\w*)\b/iu,
        proposed:
          "end it after a fixed time, pass on its last lines and its exit code, and leave no half-made files",
      },
    ],
    settings: [],
  },
  {
    names: /\b(?:ai model|llm|language model)\b/i,
    pattern: "Port with a checked answer: a question in, an answer that matches a schema out",
    reason: "answers vary; only one that holds its form may go on",
    events: ["An answer, checked against its form"],
    failures: [
      SILENCE,
      { ...REFUSAL, failure: "The answer does not have the form that was asked for" },
    ],
    settings: [{ name: "KEY", meaning: "Access to the model", secret: true }],
  },
  {
    names:
      /\b(?:csv|excel|xlsx|pdf|ical|calendar|json|xml) (?:file|export|import)\b|^calendar export$/i,
    format: true,
    pattern: "Format writer or reader: records in, bytes out, and back",
    reason:
      "the format's rules on quoting, dates and figures are tested without the rest of the feature",
    events: [],
    failures: [
      {
        failure:
          "A value holds what the format itself uses: separators, quotes, line breaks, a leading =",
        answered: /\b(?:escap\w+|quot(?:e|ed|ing)|delimiter|separator)\b/iu,
        proposed: "quote it by the format's own rule, and let no cell begin as a formula",
      },
    ],
    settings: [],
  },
  {
    names: /\b(?:camera|scanner|printer)\b/i,
    pattern: "Device port: a reading comes in as text, typed or scanned alike",
    reason: "tests and a broken device are then the same case as somebody typing the number",
    events: ["What was read"],
    failures: [
      {
        failure: "It reads nothing or something unknown",
        answered: /\b(?:unreadable|cannot be (?:read|scanned)|unknown (?:card|label|code))\b/iu,
        proposed: "let the number be typed, and say which one is unknown",
      },
    ],
    settings: [],
  },
];

/** For systems that no kind fits. */
export const ANY_KIND: AdapterKind = {
  names: /(?:)/,
  pattern: "Port and adapter: one interface in the feature's own words, one implementation",
  reason:
    "the rest of the feature is built and tested against the interface, whatever the other side turns out to be",
  events: [],
  failures: [SILENCE, REFUSAL],
  settings: [],
};
