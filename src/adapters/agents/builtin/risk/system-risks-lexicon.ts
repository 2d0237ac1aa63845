import type { RiskRule } from "./risk-rule.ts";

/** Risks of running: races, outages, load, time, messages. */
export const SYSTEM_RISKS: readonly RiskRule[] = [
  {
    category: "concurrency",
    when: /\b(?:simultaneous\b|concurrent (?!login|users|requests)\w+|at the same time|same single-use|single-use|only the first|race condition|two (?:people|users|parents|agents) (?:try|attempt|edit)|capacity|waitlist\w*|only one pending|at most one \w+ at a time|parallel (?:lanes?|agents?)|concurrence)\b/iu,
    description:
      "Two callers act on one thing at once (“{words}”) and both succeed, or one silently loses.",
    impact: 2,
    controls: [
      {
        name: "a rule for who wins",
        covered:
          /\b(?:only the first (?:succeeds|wins)|rejected as already|first[- ]come|last[- ]write[- ]wins|only one pending|seul le dernier reste valide|claim-safe|atomic\w*)\b/iu,
        advice: "state who wins and make the change one conditional write",
      },
    ],
    owner: "Backend lead",
    sign: "A test that starts both calls at once passes sometimes",
  },
  {
    category: "third party",
    when: /\b(?:e-?mail (?:service|provider|delivery|indisponible)|brevo|mail service|(?:reset|confirmation|verification|reminder) e-?mails?|google oauth|entra|oauth provider|geocod\w+|map (?:service|tiles?|provider)|push (?:service|notifications?)|sms|external (?:service|api)|third[- ]party|stripe|transactional e-?mail|emails transactionnels|github api)\b/iu,
    description:
      "An outside service (“{words}”) is slow, down or changes its terms, and the flows that need it stop.",
    impact: 2,
    controls: [
      {
        name: "a rule for its outage",
        covered:
          /\b(?:if unavailable|outage|panne|fails? gracefully|fallback|degrad\w+|retry|réessayer|unavailable)\b/iu,
        advice: "say for each flow whether it waits, fails or goes on without the service",
      },
      {
        name: "watching it",
        covered: /\b(?:alert\w*|monitor\w*|compteur d'erreurs|health check)\b/iu,
        advice: "count failures of the service and alert on a rate, not on one",
      },
    ],
    owner: "Integration owner",
    sign: "Error rate or latency of calls to it rises in staging",
  },
  {
    category: "scale and response time",
    when: /\b\d[\d,.]*\+?\s?(?:k\b)?(?:concurrent|simultaneous)\b[^.;]{0,20}|\b(?:within|under|less than|below|inférieur à|in under)\s\d[\d.,]*\s?(?:ms|milliseconds?|s\b|seconds?|secondes?)|\b\d{1,3}(?:,\d{3})+ (?:users|items|events|records|rows|projects)\b|\b\d{4,}\+? (?:users|items|events|records|markers)\b/iu,
    description:
      "The promised figure (“{words}”) is not reached with real data and real latency, and is noticed only at the end.",
    impact: 2,
    controls: [
      {
        name: "a measurement in the pipeline",
        covered:
          /\b(?:load test|benchmark|lighthouse-ci|vérifié en ci|verified by (?:a )?(?:load|performance)|p9\d)\b/iu,
        advice:
          "measure it from the first increment on, with data of the promised size, and fail the build past the limit",
      },
    ],
    owner: "Backend lead",
    sign: "The measured figure passes half of the limit before all features are in",
  },
  {
    category: "time",
    when: /\b(?:time ?zones?|utc|daylight|february 29|leap year|end-of-month|31st|last day of|recurring|recurrence|weekly|monthly|biweekly|midnight|scheduled (?:day|time|deposits?))\b/iu,
    description:
      "Calendar rules (“{words}”) go wrong at month ends, clock changes and zone borders: something happens twice, late or never.",
    impact: 2,
    controls: [
      {
        name: "the zone that counts",
        covered: /\b(?:server's time ?zone|in utc|local time ?zone|time ?zone of)\b/iu,
        advice: "name whose time zone decides",
      },
      {
        name: "a rule for short months",
        covered: /\b(?:last day of (?:that|the|shorter)|falls? back|february 28)\b/iu,
        advice: "say what happens on days a month does not have",
      },
      {
        name: "a rule for missed times",
        covered:
          /\b(?:missed (?:scheduled )?(?:deposits?|runs?)|when (?:it )?recover\w*|catch[- ]up)\b/iu,
        advice: "say what happens to times that passed during an outage",
      },
    ],
    owner: "Backend lead",
    sign: "Tests use today's date instead of a set of hard ones",
  },
  {
    category: "notifications",
    when: /\b(?:notif(?:y|ied|ications?)\b|reminders?|e-?mail (?:is|are) sent|(?:reset|confirmation|verification) (?:e-?mail|link)|e-?mail de vérification|alert e-?mail)\b/iu,
    description:
      "A message (“{words}”) does not arrive, arrives twice or goes to the wrong person.",
    impact: 2,
    controls: [
      {
        name: "sending it again",
        covered: /\b(?:re-?send\w*|renvoyer|retry)\b/iu,
        advice: "give people a way to ask for it again, with a limit",
      },
      {
        name: "a time by which it arrives",
        covered: /\b(?:delivered within|within \d+ minutes|délai de livraison)\b/iu,
        advice: "name the time after which a missing message counts as failed",
      },
    ],
    owner: "Integration owner",
    sign: "Share of messages without delivery receipt rises",
    compliance: {
      item: "Rules on unsolicited messages (ePrivacy, CAN-SPAM)",
      action: "check that every message is asked for or needed for the service",
    },
  },
  {
    category: "offline",
    when: /\b(?:offline|no (?:network|connectivity)|without (?:a )?(?:network|connection)|hors ligne|sync(?:ed)? when)\b/iu,
    description:
      "Work without a connection (“{words}”) meets changes made elsewhere when it comes back.",
    impact: 2,
    controls: [
      {
        name: "a rule for conflicts",
        covered: /\b(?:conflict resolution|last[- ]write[- ]wins|merge conflicts?)\b/iu,
        advice: "decide what wins and how the user sees it",
      },
    ],
    owner: "Mobile or frontend lead",
    sign: "The same record differs on two devices after both were online",
  },
  {
    category: "internationalisation",
    when: /\b(?:internationali[sz]ation|locali[sz](?:ation|ed)|i18n|translat(?:ed|ions?|able)|multiple languages|unicode|idn\b|right-to-left|nfkc)\b/iu,
    description:
      "Texts, sorting or formats of other languages (“{words}”) break in places nobody on the team reads.",
    impact: 1,
    controls: [
      {
        name: "texts kept out of the code",
        covered:
          /\b(?:externali[sz]ed|message catalog\w*|user-facing strings|next-intl|translation files?)\b/iu,
        advice:
          "keep all texts in catalogs from the first screen on and test with a pseudo-language",
      },
    ],
    owner: "Frontend lead",
    sign: "A pseudo-language build shows untranslated texts",
  },
];
