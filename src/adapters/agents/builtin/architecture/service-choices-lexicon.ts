import type { Choice } from "./choice.ts";

const REVOKE =
  /\b(?:logout|log out|invalidat\w+|revok\w+|immediately lose access|déconnect\w+)\b/iu;

/** Choices about who comes in, what is sent and when work starts. */
export const SERVICE_CHOICES: readonly Choice[] = [
  {
    topic: "How a signed-in user is recognised",
    when: /\b(?:jwt|session tokens?|server-side session|sessions? (?:côté serveur|expire|cookie)|access tokens?|log in and receive)\b/iu,
    options: [
      {
        name: "Signed token the server does not store (JWT)",
        decided: /\bjwt\b/iu,
        pros: [
          "No lookup per request",
          {
            text: "Holds under many parallel logins without a session store",
            when: /\d+ (?:concurrent|simultaneous)/iu,
          },
        ],
        cons: [
          {
            text: "Can't be ended early without a revocation list or a version number per user",
            when: REVOKE,
          },
          "Signing keys must be rotated",
        ],
      },
      {
        name: "Session record on the server with an opaque cookie",
        decided:
          /\b(?:server-side session(?! storage required)|session côté serveur|session cookie|httponly)\b/iu,
        pros: [
          { text: "Ending a session is one deletion", when: REVOKE },
          "Nothing about the user is in the token",
        ],
        cons: ["One lookup per request", "Needs protection against cross-site requests"],
      },
    ],
  },
  {
    topic: "Password hashing",
    when: /\b(?:hash\w* passwords?|passwords? [^.]{0,40}hash|hasher les mots de passe|bcrypt|argon2\w*|pbkdf2|salted one-way hash)\b/iu,
    options: [
      {
        name: "bcrypt",
        decided: /\bbcrypt\b/iu,
        pros: ["Mature in every language"],
        cons: [
          "Reads only the first 72 bytes of a password",
          {
            text: "Its cost counts against the response time",
            when: /\b(?:within|under|<|inférieur à)\s*\d[\d.,]*\s?(?:ms|seconds?)/iu,
          },
        ],
      },
      {
        name: "Argon2id",
        decided: /\bargon2/iu,
        pros: [
          "Memory-hard: costly on graphics cards; first choice of OWASP's password storage cheat sheet",
        ],
        cons: ["Native library in most languages"],
      },
      {
        name: "PBKDF2",
        decided: /\bpbkdf2\b/iu,
        pros: ["In most standard libraries; FIPS-140 validated versions exist"],
        cons: ["Not memory-hard: needs very many rounds"],
      },
    ],
  },
  {
    topic: "Where due work is started",
    when: /\b(?:recurring|scheduled (?:deposits?|jobs?|time)|cron|nightly|on a schedule)\b/iu,
    options: [
      {
        name: "Due times stored in the database, polled by a worker",
        decided: /\b(?:job queue|worker polls|polling worker)\b/iu,
        pros: [
          {
            text: "Catches up by itself after an outage",
            when: /\b(?:missed|outage|downtime|recover\w*)\b/iu,
          },
          "Claims make it safe with several workers",
        ],
        cons: ["Starts up to one polling interval late"],
      },
      {
        name: "Scheduler of the platform (cron, timer service)",
        decided: /\b(?:cron job|cloud scheduler|timer service)\b/iu,
        pros: ["Nothing to build for starting"],
        cons: [
          {
            text: "A missed start is lost unless the job itself looks back",
            when: /\b(?:missed|outage|downtime)\b/iu,
          },
          "Per-user schedules do not fit into it",
        ],
      },
      {
        name: "Timers inside the application process",
        decided: /\bin-process (?:scheduler|timer)\b/iu,
        pros: ["Exact to the second"],
        cons: ["Lost on restart; fires twice with two processes"],
      },
    ],
  },
  {
    topic: "When messages are sent",
    when: /\b(?:confirmation e-?mail|(?:reset|verification) e-?mail|e-?mail (?:is|are) sent|envoyer un e-?mail|push notifications?|send\w* (?:an? )?(?:notification|reminder)s?)\b/iu,
    options: [
      {
        name: "Within the request",
        decided:
          /\b(?:fails? (?:gracefully|de manière transactionnelle)|pas de compte sans email)\b/iu,
        pros: ["The caller learns at once when sending fails"],
        cons: [
          "The provider's outage becomes ours",
          {
            text: "Its latency counts against the response time",
            when: /\bwithin \d+ (?:ms|seconds?)/iu,
          },
        ],
      },
      {
        name: "From an outbox by a worker",
        decided: /\b(?:outbox|message queue|file d.attente)\b/iu,
        pros: ["Survives a provider outage; retried with a limit"],
        cons: ["The user may wait; needs a worker and a view of what is stuck"],
      },
    ],
  },
  {
    topic: "Keeping tenants apart",
    when: /\b(?:multi-tenan\w+|cross-(?:family|tenant)|another (?:family|tenant|organi[sz]ation)'s|isolation across|tenant)\b/iu,
    options: [
      {
        name: "Shared tables with an owner key on every row, filtered in one place",
        decided: /\b(?:derived from the authenticated session|row[- ]level security)\b/iu,
        pros: ["One schema to migrate", "Cheap for many small owners"],
        cons: ["One forgotten filter leaks: needs tests that cross the boundary"],
      },
      {
        name: "A schema or database per tenant",
        decided: /\b(?:schema per tenant|database per tenant)\b/iu,
        pros: ["Separation holds even for a wrong query"],
        cons: ["Migrations and connections multiply"],
      },
    ],
  },
];
