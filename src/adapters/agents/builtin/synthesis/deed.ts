import { bare, lowered, withoutMarkers } from "./markdown.ts";

const OF_SYSTEM =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD|WILL)\s+(?!not\b|be\b|only\b)(.+)$/is;
const OF_PERSON =
  /^((?:an?|the|all|any|each)\s+)?([^,.;:]{2,50}?)\s+(?:MUST|SHALL|SHOULD)\s+be\s+able\s+to\s+(.+)$/is;

const NEVER =
  /^(?:the |this |our )?(?:system|application|app|platform|service|api|command|tool)s?\s+(?:MUST|SHALL|SHOULD)\s+(?:NOT|NEVER)\s+(?!be\b)(.+)$/is;

/** `Le système DOIT permettre …`, `El sistema DEBE …`: the verb after it names the deed. */
const OF_SYSTEM_ELSEWHERE =
  /^(?:l['’]|le |la |el |il |o )?(?:système|application|sistema|plateforme)\s+(?:DOIT|DEBE|DEVE)\s+(?!être\b|ser\b|n['’]|ne\b|no\b|não\b)(.+)$/isu;

/** Somebody or something who has to do it: at most three words. */
const OF_OTHERS =
  /^((?:[Aa]n?|[Tt]he|[Aa]ll|[Aa]ny|[Ee]ach|[Ee]very)\s+)?((?:[\p{L}'’-]+\s+){0,2}[\p{L}'’-]+)\s+(?:MUST|SHALL)\s+(?!NOT\b|not\b|NEVER\b|never\b|be\b|only\b|have\b|also\b)(.+)$/su;

/** A heading before the sentence: `Sign-in: the system MUST …`. */
const LABEL = /^[^:.]{3,60}:\s+(?=(?:the |this )?system\s)/i;

/**
 * A requirement as work to do, in its own words: `The system MUST delete X` → `Delete X`, `A gardener MUST be able to
 * export` → `Let a gardener export`, `Members MUST sign in` → `Have members sign in`. Every other sentence stays as it is. Open
 * markers are left out.
 */
export function deedOf(statement: string): string {
  const text = bare(withoutMarkers(statement.replace(/\*\*/g, "")).replace(LABEL, ""));
  const own = (OF_SYSTEM.exec(text) ?? OF_SYSTEM_ELSEWHERE.exec(text))?.[1];
  if (own) return own.charAt(0).toUpperCase() + own.slice(1);
  const never = NEVER.exec(text)?.[1];
  if (never) return `Never ${never}`;
  const [, article = "", who, what] = OF_PERSON.exec(text) ?? [];
  if (who && what)
    return `Let ${article.toLowerCase()}${who.charAt(0).toLowerCase()}${who.slice(1)} ${what}`;
  const [, every = "", others, act] = OF_OTHERS.exec(text) ?? [];
  if (others && act && !SYSTEM.test(others))
    return `Have ${every.toLowerCase()}${every !== "" || /s$|people$/i.test(others) ? lowered(others) : others} ${act}`;
  return text;
}

const SYSTEM = /\b(?:system|application|app|platform|service|api|command|tool)s?$/i;
