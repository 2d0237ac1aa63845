/**
 * Concerns that make a feature harder than its size, each by words that hardly mean anything else. English first;
 * the commonest words of French, Spanish, Portuguese and German where they differ.
 */
export const CONCERNS: Readonly<Record<string, RegExp>> = {
  access:
    /\b(?:log ?in|sign[- ]in|authenticat\w*|authoriz\w*|permissions?|roles?|oauth|sso|password|contraseña|senha|passwort|mot de passe)\b/i,
  money:
    /\b(?:payments?|refunds?|invoices?|currency|checkout|billing|charged?|deposits?|paiement|pago|pagamento|zahlung)\b/i,
  "personal data":
    /\b(?:gdpr|personal data|privacy|consent|birth ?dates?|e-?mail address(?:es)?|rgpd|dsgvo|lgpd)\b/i,
  concurrency:
    /\b(?:concurren\w+|simultaneous\w*|at the same (?:time|moment)|race condition|exactly once|at most once|idempoten\w+|atomic\w*|lock(?:ed|ing|s)?)\b/i,
  "third parties":
    /\b(?:third[- ]party|webhooks?|external (?:service|system|api)s?|stripe|google|github|azure|aws|twilio|slack|api keys?)\b/i,
  "time and schedule":
    /\b(?:time ?zones?|recurr\w+|schedul\w+|reminders?|cron|expir\w+|deadline)\b/i,
  "offline and sync":
    /\b(?:offline|without a network|synchroni[sz]\w*|conflict resolution|hors ligne|sin conexión)\b/i,
  migration:
    /\b(?:migrat\w+|backward[- ]compatib\w+|legacy|upgrad\w+|import(?:s|ed|ing)? existing)\b/i,
  scale:
    /\b(?:\d[\d,.]*\s*(?:k|million|thousand)?\s*(?:concurrent|requests|users|records|events)|throughput|latency|p9[59]|real[- ]time)\b/i,
  "files and media": /\b(?:upload\w*|photos?|images?|videos?|attachments?|csv|pdf|export\w*)\b/i,
};
