import type { RiskRule } from "./risk-rule.ts";

/** Risks of who gets in, what they reach and what they leave behind. */
export const ACCESS_RISKS: readonly RiskRule[] = [
  {
    category: "authentication",
    when: /\b(?:passwords?|mots? de passe|log ?in\b|sign[- ]in|credentials?|authenticat\w+ users|one-time code|otp)\b/iu,
    description:
      "Sign-in (“{words}”) is the first thing attacked: guessing, stuffing of leaked passwords, takeover through recovery.",
    impact: 3,
    controls: [
      {
        name: "a limit on failed attempts",
        covered:
          /\b(?:rate.?limit\w*|throttl\w+|lock(?:ed)? ?out|temporarily block|failed attempts?|attempt cap|further sign-in attempts)\b/iu,
        advice: "limit failed attempts per account and address; the spec has no such rule",
      },
      {
        name: "slow salted hashes",
        covered: /\b(?:bcrypt|argon2\w*|pbkdf2|scrypt|salted|one-way hash)\b/iu,
        advice: "name the hash and its cost",
      },
      {
        name: "answers that do not reveal accounts",
        covered:
          /\b(?:enumerat\w+|whether (?:the |an )?(?:e-?mail|account) exists|without revealing|indistinguish\w+|indistinguable|does not reveal)\b/iu,
        advice: "give known and unknown accounts the same answer",
      },
    ],
    owner: "Security lead",
    sign: "Failed sign-ins for many accounts from few addresses",
  },
  {
    category: "sessions",
    when: /\b(?:jwt|session (?:tokens?|cookie|expir\w+)|(?:active|existing|all) (?:tokens|sessions)|access tokens?|refresh tokens?|sessions? (?:active|côté serveur)|child sessions|session fixation)\b/iu,
    description:
      "A stolen or lingering session (“{words}”) keeps access alive after it should have ended.",
    impact: 3,
    controls: [
      {
        name: "ending sessions early",
        covered: /\b(?:invalidat\w+|revok\w+|logout|log out|déconnect\w+|sign ?out)\b/iu,
        advice: "say how a session is ended before it expires",
      },
      {
        name: "an expiry",
        covered:
          /\b(?:24[- ]hours?|expir\w+ (?:after|in)|valid for \d+|\d+ (?:hours?|days?|jours) of inactivity|30 jours)\b/iu,
        advice: "name the longest life of a session",
      },
      {
        name: "transport only over TLS",
        covered: /\b(?:https|tls|secure cookie|`?Secure`?, ?`?SameSite)\b/iu,
        advice: "require TLS and Secure, HttpOnly cookies",
      },
    ],
    owner: "Security lead",
    sign: "A test with an old token after sign-out gets anything but a refusal",
  },
  {
    category: "authorisation",
    when: /\b(?:another (?:family|user|parent|tenant)'s|own children|authori[sz]ed against|(?<!location )permissions?\b(?! (?:prompt|dialog))|roles?:? (?:owner|admin|member)|only (?:the |a )?(?:owner|creator|admin\w*|parent|organi[sz]er)s?|cross-family|tenant isolation|(?:owner|admin) role|family-scoped|private (?:event|profile)s?|visibility (?:toggle|level|tiers?)|visibility=private)\b/iu,
    description:
      "Somebody reaches data or actions of others (“{words}”) through a request the screens never send.",
    impact: 3,
    controls: [
      {
        name: "scope from the session, not from the caller",
        covered:
          /\b(?:derived from the authenticated session|never from (?:an )?identifier|server[- ]side (?:authori[sz]ation|check))\b/iu,
        advice: "take owner and role from the session in one place that all requests pass",
      },
      {
        name: "tests across the boundary",
        covered:
          /\b(?:cross-(?:family|tenant) authori[sz]ation tests|100% of attempts|denied access)\b/iu,
        advice: "add a test per operation in which a stranger tries it",
      },
    ],
    owner: "Security lead",
    sign: "An operation without a test in which a stranger is refused",
  },
  {
    category: "user content",
    when: /\b(?:upload\w*|avatars?|attachments?|photos?|discussion threads?|chat|comments?|post (?:new )?messages?|user-generated|bio\b|message history)\b/iu,
    description:
      "Users put content in (“{words}”): harmful files, scripts in text, abuse of others.",
    impact: 2,
    controls: [
      {
        name: "limits on type and size",
        covered:
          /\b(?:max(?:imum)? (?:file )?size|≤ ?\d+ ?m[bo]|jpeg|png|limited to \d+ characters|\d+ caractères)\b/iu,
        advice: "state accepted types and largest size",
      },
      {
        name: "reporting and removal",
        covered:
          /\b(?:report (?:a |other )?(?:user|content|message|member)s?|moderat\w+|block(?:ed)? users?|mute)\b/iu,
        advice: "decide who removes content and how it is reported",
      },
    ],
    owner: "Product owner",
    sign: "Text with markup is shown unescaped in a test",
    compliance: {
      item: "Rules for hosting user content (DSA in the EU)",
      action: "check whether a notice-and-action procedure is needed",
    },
  },
  {
    category: "accessibility",
    when: /\b(?:wcag|rgaa|screen readers?|keyboard (?:navig\w+|only|access\w+)|aria-live|contrast|accessib(?:le|ility) (?:requirement|standard|audit)|au clavier)\b/iu,
    description:
      "The promised level of access (“{words}”) is missed where widgets are built by hand, and late repairs touch every screen.",
    impact: 2,
    controls: [
      {
        name: "checks in the pipeline",
        covered: /\b(?:axe-core|lighthouse|automated accessibility|contrôles automatisés)\b/iu,
        advice:
          "run an automated checker on every screen and one manual pass with a screen reader per release",
      },
    ],
    owner: "Frontend lead",
    sign: "First automated run shows findings in shared widgets",
    compliance: {
      item: "Accessibility rules (European Accessibility Act, RGAA, ADA)",
      action: "check which one binds the operator and which level it asks for",
    },
  },
];
