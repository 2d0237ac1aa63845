/** A characteristic of ISO/IEC 25010:2023 and the words by which a sentence is about it. */
export interface QualityWords {
  readonly quality: string;
  readonly pattern: RegExp;
}

/** In order of how decisive the words are: the first that matches names the sentence's characteristic. */
export const QUALITIES: readonly QualityWords[] = [
  {
    quality: "interaction capability",
    pattern:
      /\b(?:users?|parents?|child(?:ren)?|person|member|owner|maintainer|developer|utilisateurs?)\b[^.]{0,80}\b(?:under|within|less than|en moins de)\s+\d+\s+(?:minutes?|clicks?)/iu,
  },
  {
    quality: "performance efficiency",
    pattern:
      /\b(?:(?:under|within|below|less than|in|inférieur à|moins de|<|≤)\s*\d[\d.,]*\s?(?:ms|milliseconds?|s|secs?|seconds?|secondes?|minutes?|hours?)|latency|response time|temps de réponse|throughput|concurrent|simultaneous|requests per second|load time|fps)\b/iu,
  },
  {
    quality: "security",
    pattern:
      /\b(?:password|hash(?:ed|es)?|encrypt\w*|token|unauthori[sz]ed|authori[sz]\w+|authenticat\w+|plaintext|secret|csrf|xss|injection|rate.?limit\w*|throttl\w+|enumerat\w+|permission|isolation|privacy|audit|tamper\w*|mots? de passe|anti-énumération|chiffr\w+)\b/iu,
  },
  {
    quality: "interaction capability",
    pattern:
      /\b(?:wcag|rgaa|accessib\w+|keyboard|screen reader|aria|contrast|responsive|usab\w+|intuitive|learn\w*|clavier|lecteur d.écran|locali[sz]ation|internationali[sz]ation|translat\w+)\b/iu,
  },
  {
    quality: "reliability",
    pattern:
      /\b(?:uptime|availab(?:le|ility)|outage|recover\w*|retr(?:y|ies)|idempotent|fault|failover|downtime|resum(?:e|es|ed)\b.*\b(?:crash|interrupt)|crash|durable|consistent(?:ly)?|atomic\w*|backup|data loss|panne)\b/iu,
  },
  {
    quality: "compatibility",
    pattern:
      /\b(?:interoperab\w+|backward[s-]? ?compatib\w+|coexist\w*|browser support|legacy|compatible with)\b/iu,
  },
  {
    quality: "flexibility",
    pattern:
      /\b(?:scal(?:e|es|able|ability)|portab\w+|configurab\w+|extensib\w+|install\w*|adaptab\w+|provider-agnostic|cross-platform|macos|windows|linux)\b/iu,
  },
  {
    quality: "maintainability",
    pattern:
      /\b(?:maintainab\w+|modular\w*|test coverage|lint\w*|documented|duplicat\w+ (?:logic|code)|code quality|ci pipeline)\b/iu,
  },
  { quality: "safety", pattern: /\b(?:hazard|injur\w+|harm|fail-safe|life-threatening)\b/iu },
];

/** The characteristic a sentence is about, `functional suitability` when no word says otherwise. */
export const qualityOf = (text: string): string =>
  QUALITIES.find(({ pattern }) => pattern.test(text))?.quality ?? "functional suitability";
