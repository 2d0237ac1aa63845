import { bare, lowered, withoutMarkers } from "./markdown.ts";

const OF_SYSTEM =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD|WILL)\s+(?!not\b|be\b|only\b)(.+)$/is;
const OF_PERSON =
  /^((?:an?|the|all|any|each)\s+)?([^,.;:]{2,50}?)\s+(?:MUST|SHALL|SHOULD)\s+be\s+able\s+to\s+(.+)$/is;

const NEVER =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD)\s+(?:NOT|NEVER)\s+(?!be\b)(.+)$/is;

/** Somebody or something who has to do it: at most three words. */
const OF_OTHERS =
  /^((?:an?|the|all|any|each|every)\s+)?((?:[\p{L}'’-]+\s+){0,2}[\p{L}'’-]+)\s+(?:MUST|SHALL)\s+(?!not\b|never\b|be\b|only\b|have\b|also\b)(.+)$/su;

/** A heading before the sentence: `Sign-in: the system MUST …`. */
const LABEL = /^[^:.]{3,60}:\s+(?=(?:the |this )?system\s)/i;

/**
 * A requirement as work to do, in its own words: `The system MUST delete X` → `Delete X`, `A gardener MUST be able to
 * export` → `Let a gardener export`, `Members MUST sign in` → `Have members sign in`. Every other sentence stays as it is. Open
 * markers are left out.
 */
export function deedOf(statement: string): string {
  const text = bare(withoutMarkers(statement.replace(/\*\*/g, "")).replace(LABEL, ""));
  const own = OF_SYSTEM.exec(text)?.[1];
  if (own) return own.charAt(0).toUpperCase() + own.slice(1);
  const never = NEVER.exec(text)?.[1];
  if (never) return `Never ${never}`;
  const [, article = "", who, what] = OF_PERSON.exec(text) ?? [];
  if (who && what)
    return `Let ${article.toLowerCase()}${who.charAt(0).toLowerCase()}${who.slice(1)} ${what}`;
  const [, every = "", others, act] = OF_OTHERS.exec(text) ?? [];
  if (others && act && !SYSTEM.test(others))
    return `Have ${every.toLowerCase()}${lowered(others)} ${act}`;
  return text;
}

const SYSTEM = /\b(?:system|application|app|platform|service|api|command|tool)s?$/i;
