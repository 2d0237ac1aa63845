/** A third party or outside system and the words by which a spec names it. */
export interface IntegrationRule {
  readonly name: string;
  readonly pattern: RegExp;
  /** What products of one kind share: `payment`. */
  readonly kind?: string;
  /** It names the kind and no product. */
  readonly generic?: true;
}

export const INTEGRATIONS: readonly IntegrationRule[] = [
  { name: "Brevo", kind: "e-mail", pattern: /\bbrevo\b/iu },
  { name: "SendGrid", kind: "e-mail", pattern: /\bsendgrid\b/iu },
  { name: "Mailgun", kind: "e-mail", pattern: /\bmailgun\b/iu },
  { name: "Postmark", kind: "e-mail", pattern: /\bpostmark\b/iu },
  { name: "Amazon SES", kind: "e-mail", pattern: /\bamazon ses\b/iu },
  {
    name: "E-mail delivery",
    kind: "e-mail",
    generic: true,
    pattern:
      /\b(?:smtp|e-?mail (?:service|provider|delivery)|mail service|via e-?mail(?!\s*(?:\/|and|et)\s*(?:password|mot))|(?:confirmation|verification|reset|transactional|notification|reminder) e-?mails?|e-?mails? (?:is|are) sent|emails transactionnels|envoyer un e-?mail|envoyer [^.]{0,20}e-?mails?|(?:send|notif(?:y|ies)|remind|inform|alert|deliver|invite)s?\b[^.;]{0,80}\bby e-?mail)\b/iu,
  },
  { name: "Stripe", kind: "payment", pattern: /\bstripe\b/iu },
  { name: "PayPal", kind: "payment", pattern: /\bpaypal\b/iu },
  { name: "Adyen", kind: "payment", pattern: /\badyen\b/iu },
  { name: "Mollie", kind: "payment", pattern: /\bmollie\b/iu },
  {
    name: "Payment provider",
    kind: "payment",
    generic: true,
    pattern: /\b(?:payment (?:provider|gateway|processor)|card payments?)\b/iu,
  },
  {
    name: "Google sign-in",
    kind: "sign-in",
    pattern: /\bgoogle (?:oauth|sign-?in|login|account)\b/iu,
  },
  {
    name: "Microsoft Entra ID",
    kind: "sign-in",
    pattern: /\b(?:entra(?: id| external id)?|azure ad)\b/iu,
  },
  {
    name: "OAuth / OpenID Connect provider",
    kind: "sign-in",
    generic: true,
    pattern: /\b(?:oidc|openid connect|saml|single sign-on|sso|identity provider)\b/iu,
  },
  { name: "Auth0", kind: "sign-in", pattern: /\bauth0\b/iu },
  { name: "Okta", kind: "sign-in", pattern: /\bokta\b/iu },
  { name: "Keycloak", kind: "sign-in", pattern: /\bkeycloak\b/iu },
  {
    name: "CI service",
    pattern: /\b(?:ci pipeline|github actions|continuous integration)\b/iu,
  },
  {
    name: "Push notifications",
    pattern: /\b(?:push notifications?|apns|fcm|firebase cloud messaging)\b/iu,
  },
  { name: "SMS gateway", pattern: /\b(?:sms|twilio|text messages?)\b/iu },
  {
    name: "Map service",
    pattern:
      /\b(?:google maps|mapbox|leaflet|openstreetmap|azure maps|map tiles?|geocod\w+|interactive map|map view)\b/iu,
  },
  {
    name: "Geolocation of the device",
    pattern: /\b(?:geolocation|gps|detect (?:my|the user's) location)\b/iu,
  },
  { name: "Object storage", pattern: /\b(?:s3|blob storage|cloud storage|object storage|cdn)\b/iu },
  { name: "GitHub", pattern: /\bgithub\b/iu },
  {
    name: "Git",
    pattern:
      /\bgit (?:worktrees?|tags?|diff|branch|repository|commit|reality|state)\b|\bgit\b(?=[^.]{0,20}\b(?:merged|requires|worktree))/iu,
  },
  { name: "tmux", pattern: /\btmux\b/iu },
  { name: "Claude Code", pattern: /\bclaude code\b/iu },
  { name: "Agent tool (sub-agents)", pattern: /\bagent tool\b/iu },
  { name: "Expo / React Native toolchain", pattern: /\bexpo\b/iu },
  {
    name: "Calendar export",
    pattern: /\b(?:ical|\.ics|google calendar|outlook calendar|calendar (?:app|export))\b/iu,
  },
  {
    name: "Social networks",
    pattern: /\b(?:share (?:on|to) (?:facebook|twitter|instagram|whatsapp)|open graph)\b/iu,
  },
  { name: "Slack", pattern: /\bslack\b/iu },
  {
    name: "Container runtime",
    pattern: /\b(?:docker(?: compose)?|containers? command|single container)\b/iu,
  },
  {
    name: "AI model provider",
    pattern: /\b(?:openai|anthropic api|llm|language model|gpt-?\d)\b/iu,
  },
  { name: "Analytics", pattern: /\b(?:google analytics|matomo|mixpanel|telemetry service)\b/iu },
];
