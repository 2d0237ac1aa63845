import { plainTitle } from "./phase-heading.ts";

export const HEADING = /^ {0,3}(#{1,6})[ \t]{1,200}(\S.{0,2000})$/u;
/** The label of a checkpoint, up to its words. */
export const CHECKPOINT =
  /^\s{0,8}(?:[-*+]\s{1,4}|>\s?)?[*_]{0,3}[^\p{L}\p{N}*_[#|]{0,6}[*_]{0,3}((?:checkpoint|point de contrôle|kontrollpunkt|punto de control|チェックポイント|检查点)(?:[ -][^*:]{0,60})?)[*_]{0,3}:?[*_]{0,3}:?\s*/iu;
/** A field of a phase that says what it waits for. */
export const PHASE_NOTE =
  /^\s{0,8}(?:[-*+]\s{1,4})?[*_]{0,3}(?:depends on|dependencies|dependency|blocked by|waits for|requires|prerequisites?|dépend de|dépendances|depende de|hängt ab von)[*_]{0,3}\s?:/iu;
export const BULLETED = /^\s*(?:[-*+•]|\d{1,6}[.)])\s/;
/** Columns before the first sign, a tab counting as four. */
export const indentOf = (text: string): number =>
  (/^[ \t]*/.exec(text)?.[0] ?? "").replaceAll("\t", "    ").length;

/** The name of the feature in the title of the document: `Tasks: Name`. */
export const titleOf = (words: string): string =>
  plainTitle(words).replace(
    /^(?:tasks?|task list|tâches|tareas|aufgaben)\s{0,4}[:—–-]\s{0,4}/iu,
    "",
  );
