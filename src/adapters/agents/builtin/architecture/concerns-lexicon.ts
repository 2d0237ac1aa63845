/** A concern that demands of any domain can have, which makes a component of its own when they share no entity. */
export interface Concern {
  readonly name: string;
  readonly pattern: RegExp;
}

export const CONCERNS: readonly Concern[] = [
  {
    name: "Audit log",
    pattern:
      /\baudit\b|\blog (?:all|every|each)\b|\b(?:must )?not log\b|\bjournalis\w+|append-only/iu,
  },
  {
    name: "Input validation",
    pattern:
      /\bvalidate all\b|\binputs?\b[^.]{0,40}\bvalidated\b|\bvalidat\w+\b[^.]{0,40}\binputs?\b/iu,
  },
  { name: "Rate limiting", pattern: /\brate.?limit\w*|\bthrottl\w+/iu },
  {
    name: "Accessibility",
    pattern: /\bwcag\b|\brgaa\b|\bscreen readers?\b|\bkeyboard (?:navig\w+|access\w+)|au clavier/iu,
  },
  {
    name: "Access control",
    pattern:
      /\bauthori[sz]ed\b|\bpermissions?\b|\bonly (?:view|see|access|modify)\b|\baccess control\b/iu,
  },
  {
    name: "Notifications",
    pattern: /\bnotif(?:y|ied|ications?)\b|\breminders?\b|\bsend\w* (?:an? )?e-?mails?\b/iu,
  },
  { name: "Error handling", pattern: /\berror messages?\b|\bmessages? d.erreur/iu },
  {
    name: "Documentation",
    pattern:
      /\breadme\b|\bdocumentation must\b|\b(?:update|accurate\w*|write) [^.]{0,30}documentation\b/iu,
  },
];
