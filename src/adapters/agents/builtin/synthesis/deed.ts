import { bare } from "./markdown.ts";

const OF_SYSTEM =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD|WILL)\s+(?!not\b|be\b|only\b)(.+)$/is;
const OF_PERSON =
  /^((?:an?|the|all|any|each)\s+)?([^,.;:]{2,50}?)\s+(?:MUST|SHALL|SHOULD)\s+be\s+able\s+to\s+(.+)$/is;

const NEVER =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD)\s+(?:NOT|NEVER)\s+(?!be\b)(.+)$/is;

/**
 * A requirement as work to do, in its own words: `The system MUST delete X` → `Delete X`, `A gardener MUST be able to
 * export` → `Let a gardener export`. Every other sentence stays as it is.
 */
export function deedOf(statement: string): string {
  const text = bare(statement.replace(/\*\*/g, ""));
  const own = OF_SYSTEM.exec(text)?.[1];
  if (own) return own.charAt(0).toUpperCase() + own.slice(1);
  const never = NEVER.exec(text)?.[1];
  if (never) return `Never ${never}`;
  const [, article = "", who, what] = OF_PERSON.exec(text) ?? [];
  if (who && what)
    return `Let ${article.toLowerCase()}${who.charAt(0).toLowerCase()}${who.slice(1)} ${what}`;
  return text;
}
