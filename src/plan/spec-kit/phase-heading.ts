/** What a phase is for in Spec Kit's order. */
export type PhaseRole = "setup" | "foundation" | "story" | "polish" | "convergence" | "other";

export interface PhaseHeading {
  /** The number as written; the whole title where there is none. */
  readonly number: string;
  readonly title: string;
  readonly role: PhaseRole;
  /** `US3`. */
  readonly story: string | undefined;
  /** `P1`. */
  readonly priority: string | undefined;
}

const NUMBERED =
  /^(?:implementation\s{1,4})?(?:phases?|fase|étape|phasen?)\s{1,4}((?:\d{1,4}(?:\.\d{1,4}){0,2}[a-zA-Z]?|[A-Z]{1,2})(?:\s?[-–&]\s?\d{1,4})?)(?=[\s:.)—–-]|$)\s{0,4}[:.)—–-]{0,2}\s{0,4}(.{0,400})$/iu;
/** `## Setup Phase`. */
const NAMED =
  /^(?!tests? |implementation for|parallel)([\p{L}&/-]{2,40}(?:\s[\p{L}&/-]{1,40}){0,2})\s{1,4}phase$/iu;
/** `## 2. Core` of OpenSpec. */
const LISTED = /^(\d{1,4}(?:\.\d{1,4}){0,2})[.):]?\s{1,4}(\S.{0,400})$/u;

const STORY =
  /(?:user\s{1,4}story|(?<![\p{L}\p{N}])US)[\s-]{0,3}(\d{1,4}[a-z]?)(?![\p{L}\p{N}_])/iu;
const PRIORITY = /(?:priority:?\s{1,4}|\(|-\s)(P\d)(?![\p{L}\p{N}_])/iu;

/** Roles by what a title says, the first that fits. Sources: tasks-template.md of both generations, and its translations. */
const ROLES: readonly (readonly [PhaseRole, RegExp])[] = [
  ["convergence", /^\W{0,4}convergence/iu],
  [
    "foundation",
    /^\W{0,4}(?:foundation|fondation|fundament|blocking prerequisite)|\(blocking prerequisites\)/iu,
  ],
  ["polish", /^\W{0,4}(?:(?:final\s)?polish|cross-cutting|finali[sz]ation|finition|pulido)/iu],
  [
    "setup",
    /^\W{0,4}(?:(?:project|shared|initial)\s)?(?:setup|set-up|initiali[sz]ation|mise en place|configuración|einrichtung)/iu,
  ],
  ["story", /user\s{1,4}story\s{0,4}\d|(?<![\p{L}\p{N}])US-?\d/iu],
  ["story", /\(priority:?\s{1,4}P\d/iu],
];

const roleOf = (title: string): PhaseRole =>
  ROLES.find(([, words]) => words.test(title))?.[0] ?? "other";

/** The words of a heading without its decoration. */
export const plainTitle = (title: string): string =>
  title
    .replace(/[*`]|\s#{1,6}\s*$/g, "")
    .replace(/^[^\p{L}\p{N}[(]{1,8}(?=\p{L})/u, "")
    .trim();

/**
 * Read the heading of a phase: `Phase 3: User Story 1 - Title (Priority: P1) 🎯 MVP`, `Phase 3b — …`, `Setup Phase`.
 * Undefined where the heading names no phase. `listed` also takes `2. Core`, as OpenSpec writes it.
 */
export function readPhaseHeading(heading: string, listed: boolean): PhaseHeading | undefined {
  const words = plainTitle(heading);
  const numbered = NUMBERED.exec(words);
  if (numbered) return made((numbered[1] ?? "").replace(/\s/g, ""), numbered[2] ?? "");
  const named = NAMED.exec(words);
  if (named) return made(named[1] ?? "", named[1] ?? "");
  const item = listed ? LISTED.exec(words) : null;
  return item ? made(item[1] ?? "", item[2] ?? "") : undefined;
}

function made(number: string, rest: string): PhaseHeading {
  const title = rest.trim();
  const story = STORY.exec(title)?.[1];
  const role = roleOf(title);
  return {
    number,
    title,
    role,
    story: story === undefined || role !== "story" ? undefined : `US${story}`,
    priority: PRIORITY.exec(title)?.[1]?.toUpperCase(),
  };
}
