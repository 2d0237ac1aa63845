import type { TensionRule } from "./risk-rule.ts";

export const TENSIONS: readonly TensionRule[] = [
  {
    category: "contradiction",
    one: /\b(?:no server-side (?:revocation list|session storage)|no (?:token )?(?:revocation|blacklist)|tokens are stateless|jwt tokens are stateless)\b/iu,
    other:
      /\b(?:immediately invalidat\w+|invalidat\w+ (?:all|the user's|token)|immediately prevents|token is invalidated|tokens for that user are invalidated)\b/iu,
    description:
      "Tokens can't be ended early without state on the server, which the spec rules out",
    mitigation:
      "Decide before design: keep a revocation record or a token version per user, or drop the promise of immediate effect",
    owner: "Technical lead with the product owner",
    sign: "The sign-out test passes only because the client forgets its token",
    impact: 3,
  },
  {
    category: "contradiction",
    one: /\b(?:enumerat\w+|not expose whether|without revealing|indistinguish\w+)\b/iu,
    other:
      /\b(?:already registered|e-?mail (?:is )?already (?:exists|in use|taken)|account already exists|no account (?:found|exists) with)\b/iu,
    description: "One text hides whether an account exists, another reveals it",
    mitigation:
      "Decide whether registration may reveal known addresses; if not, answer the same and tell the owner of the address by e-mail",
    owner: "Security lead",
    sign: "Registration with a known address gets another answer than with an unknown one",
    impact: 2,
  },
  {
    category: "contradiction",
    one: /\b(?:never (?:be )?(?:deleted|updated)|append-only|immutable|survive the [^.]{0,30}deletion)\b/iu,
    other:
      /\b(?:delete (?:their|my|the|an) account|account deletion|right to be forgotten|erasure)\b/iu,
    description: "Records that are never deleted name people who may ask for erasure",
    mitigation:
      "Store a pseudonym in the log and keep the person's name elsewhere, where it can be erased",
    owner: "Product owner with the data protection contact",
    sign: "An erased person is still readable in the log",
    impact: 2,
  },
  {
    category: "contradiction",
    one: /\bserver's time ?zone\b/iu,
    other: /\b(?:scheduled day|local (?:time|midnight)|on fridays?|specific day)\b/iu,
    description: "Days are counted in the server's time zone while people plan in theirs",
    mitigation:
      "Store the family's or user's time zone with each schedule, or say on screen which zone counts",
    owner: "Product owner",
    sign: "A tester in another zone sees it a day early or late",
    impact: 2,
  },
];
