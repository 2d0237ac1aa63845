import { plain } from "./section-kinds.ts";
import { withoutPriority } from "./priority.ts";

const HEAD =
  /^(?:\d{1,3}[.)] *)?(?:(primary |main )?user ?stor(?:y|ies)|story|us|user (?:scenario|journey)|recit utilisateur|histoire utilisateur|scenario utilisateur|historia(?: (?:de|del|do) usuario)?|escenario de usuario|cenario de usuario|storia utente|(?:benutzer|nutzer|anwender)-?(?:geschichte|story|szenario)|gebruikersverhaal|historyjka(?: uzytkownika)?|пользовательская история|история пользователя|ユーザーストーリー|用户故事|사용자 ?스토리)(?: ?[-_#]? ?\[?(\d{1,3}(?:\.\d{1,2})?[a-z]?)\]?(?![\p{L}\p{N}]))?(.*)$/u;

export interface StoryHeading {
  /** `1`, `5a`; undefined when the heading has no number. */
  readonly number: string | undefined;
  readonly title: string;
}

/** Read `User Story 5a - Title (Priority: P1)`, `US-1: …`, `Récit utilisateur 2 — …` and the like. */
export function storyHeading(text: string): StoryHeading | undefined {
  const words = plain(text).replace(/[[\]]/g, "");
  const match = HEAD.exec(words);
  if (!match) return undefined;
  const [, primary, number, rest = ""] = match;
  if (number === undefined) {
    const named = primary !== undefined || /^user ?story ?[-–—:：]/.test(words);
    return named && !/^user ?stories/.test(words)
      ? { number, title: primary ? text.trim() : titleAfter(text, /[-–—:：]\s*/) }
      : undefined;
  }
  if (rest !== "" && !/^ ?[-–—:：.(|[]| /.test(rest)) return undefined;
  const title = titleAfter(text, new RegExp(`${number.replace(".", "\\.")}[\\]*\`]*`, "i"));
  return { number, title };
}

function titleAfter(text: string, separator: RegExp): string {
  const found = separator.exec(text);
  const rest = found ? text.slice(found.index + found[0].length) : text;
  return withoutPriority(rest.replace(/^[\s*_\-–—:：.|]+/, "").replace(/[*_]+$/, ""));
}

export type StoryPart = "why" | "test" | "scenarios" | "priority" | "other";

const PARTS: readonly (readonly [StoryPart, RegExp])[] = [
  [
    "test",
    /independent(?:ly)? test|test (?:independant|indipendente)|prueba independiente|teste independente|unabhangig\S* (?:test|prufbar)|独立テスト|独立した|独立测试|독립/,
  ],
  [
    "scenarios",
    /acceptance|^scenarios?\b|akzeptanz|abnahme|aceptacion|aceitacao|accettazione|acceptation|受け?入れ|验收|인수|수용|приемк|приемоч/,
  ],
  [
    "priority",
    /^(?:priority|priorite|prioridade?|priorita|prioritat|приоритет|優先度|优先级|우선순위)$/,
  ],
  [
    "why",
    /\bwhy\b|rationale|pourquoi|por que|perche|warum|begrundung|justificat|理由|为什么|為什麼|почему|이유/,
  ],
];

const BOLD_LABEL =
  /^(?:\*\*|__)([^*_:：]{1,60})(?:(?:\*\*|__) ?[:：]|[:：](?:\*\*|__)|(?:\*\*|__)$)\s*/;
const BARE_LABEL = /^([\p{L}][^:：*_.]{1,40})[:：](?:\s+|$)/u;

/** The labelled part a paragraph of a story opens: what the label is and where its text begins. */
export function storyPart(text: string): { part: StoryPart; from: number } | undefined {
  const bold = BOLD_LABEL.exec(text);
  const bare = bold ? undefined : BARE_LABEL.exec(text);
  const match = bold ?? bare;
  if (!match) return undefined;
  const label = plain(match[1] ?? "");
  const part = PARTS.find(([, pattern]) => pattern.test(label))?.[0];
  if (part === undefined) return bold ? { part: "other", from: match[0].length } : undefined;
  return { part, from: match[0].length };
}

/** The part a heading inside a story opens. */
export const partOfHeading = (title: string): StoryPart =>
  PARTS.find(([, pattern]) => pattern.test(plain(title)))?.[0] ?? "other";
