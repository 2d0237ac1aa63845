import type { RiskRule } from "./risk-rule.ts";

/** Risks to people: their data, their age, their health, their money. */
export const PEOPLE_RISKS: readonly RiskRule[] = [
  {
    category: "privacy",
    when: /\b(?:e-?mail address(?:es)?|user's e-?mail|personal (?:data|information)|first[_ ]name|last[_ ]name|date (?:of birth|de naissance)|birth[_ ]?date|home city|phone number|source ip|ip address|location history|(?:accounts? with|via) e-?mail|social links?|profile (?:information|photo)|email et mot de passe|with a first name|account using an e-?mail)\b/iu,
    description:
      "Personal data (“{words}”) is collected; it can leak, be kept too long, or be shown to people who have no reason to see it.",
    impact: 3,
    controls: [
      {
        name: "keeping it out of logs",
        covered:
          /\b(?:not log|never (?:be )?log|no plaintext|zero plaintext|email haché|not appear in [^.]*logs|sans contenir)\b/iu,
        advice: "write down which fields may appear in logs and test for the others",
      },
      {
        name: "erasure on request",
        covered:
          /\b(?:delete (?:their|my|an?|the) account|account deletion|erasure|right to be forgotten|supprimer (?:son|le) compte)\b/iu,
        advice: "decide how a person's data is found and erased; nothing in the spec says",
      },
      {
        name: "a retention period",
        covered: /\b(?:retention|retain(?:ed)? for|kept for \d|conserv\w+ \d)\b/iu,
        advice: "name how long each field is kept",
      },
    ],
    owner: "Product owner with the data protection contact",
    sign: "A review of stored fields finds one nobody can name a purpose for",
    compliance: {
      item: "Data protection law (GDPR in the EU)",
      action:
        "check whether it applies to the users meant here; if so name purpose, legal basis and retention for each field",
    },
  },
  {
    category: "children",
    unless:
      /\b(?:hierarch\w+|child (?:items?|specs?|nodes?|tasks?|work)|direct children|sub-?tasks?|descendants?)\b/iu,
    when: /\b(?:child(?:ren)?(?:'s)?(?= (?:account|log|session|password|can|view|sees?|must|with|dashboard|is|are|wants?|MUST)| MUST)|minors|mineurs|under (?:13|16|18)|< ?1[368] ans|parental consent|consentement parental|kids?)\b/iu,
    description:
      "Children are users (“{words}”): consent, wording and what others can learn about them need more care than for adults.",
    impact: 3,
    controls: [
      {
        name: "parental control of the account",
        covered:
          /\b(?:parents? (?:to )?(?:create|register)[^.]{0,20}child|parental consent|only view[^.]{0,40}own children|consentement parental)\b/iu,
        advice: "state who creates, sees and ends a child's account",
      },
      {
        name: "showing children only their own data",
        covered: /\b(?:restrict child|own (?:account )?data|own children)\b/iu,
        advice: "add a requirement that one child never sees another's data, with a test",
      },
    ],
    owner: "Product owner",
    sign: "A screen for children asks for or shows something only a parent should decide",
    compliance: {
      item: "Rules on children's data (GDPR Art. 8, COPPA in the US)",
      action:
        "check the age limits of the countries meant and whether a parent's consent must be recorded",
    },
  },
  {
    category: "health data",
    when: /\b(?:patients?|medical|health (?:data|record|information)|diagnos[ie]s|prescriptions?|allerg(?:y|ies)|injur(?:y|ies))\b/iu,
    description:
      "Health data (“{words}”) is handled, a special category whose leak can't be undone.",
    impact: 3,
    controls: [
      {
        name: "access limited to those who treat",
        covered: /\bonly (?:the )?(?:treating|assigned|authorized) \w+/iu,
        advice: "name who may read which record and log every reading",
      },
    ],
    owner: "Product owner with the data protection contact",
    sign: "Test data contains real records",
    compliance: {
      item: "Special-category data (GDPR Art. 9; HIPAA in the US)",
      action: "check whether it applies before any real record is stored",
    },
  },
  {
    category: "money",
    when: /(?:\$\s?\d|€\s?\d|\b(?:payments?|refunds?|invoices?|withdraw(?:al)? (?:request|money)|balances?|deposits?|charge[ds]?|checkout|credits? (?:balance|applied)|remove money|add money|prices?)\b)/iu,
    description:
      "Amounts are booked (“{words}”): one that is booked twice, lost or rounded wrongly costs trust and has to be repaired by hand.",
    impact: 3,
    controls: [
      {
        name: "booking once",
        covered:
          /\b(?:idempoten\w+|exactly once|only one pending|duplicate (?:deposit|payment|charge)s?)\b/iu,
        advice: "give every booking a key of its own so that a repeat finds the first",
      },
      {
        name: "limits on amounts",
        covered:
          /(?:\b(?:minimum|maximum|insufficient|exceed\w*|greater than (?:zero|the)|negative|positive)\b|\$0\.01)/iu,
        advice: "state smallest and largest amount and what happens at zero",
      },
      {
        name: "a history to reconcile with",
        covered: /\b(?:transaction history|audit|ledger|record\w* [^.]{0,40}transactions?)\b/iu,
        advice: "keep an append-only list of bookings whose sum is the balance, and compare daily",
      },
    ],
    owner: "Backend lead",
    sign: "The sum of bookings differs from a stored balance in any test run",
  },
  {
    category: "card payments",
    when: /\b(?:credit cards?|debit cards?|card (?:number|payments?)|stripe|paypal|payment provider)\b/iu,
    description:
      "Payments go through a provider (“{words}”): its callbacks arrive late, twice or not at all.",
    impact: 3,
    controls: [
      {
        name: "verified callbacks",
        covered: /\bwebhook\w*|signature\b/iu,
        advice:
          "verify the callback's signature, store its id, and reconcile with the provider's list",
      },
    ],
    owner: "Backend lead",
    sign: "A payment marked paid at the provider is open here for more than a few minutes",
    compliance: {
      item: "PCI DSS",
      action:
        "check that card numbers never pass through own servers, which decides the questionnaire that applies",
    },
  },
];
