import type { TaskFact, UnprovenTask } from "./model.ts";

/** Work after which a file is rightly gone or called otherwise. */
const ENDS_FILES =
  /\b(?:delet|remov|renam|mov(?:e|ed|ing)\b|replac|drop|migrat|split|merg|supersed|retir|consolidat|extract|clean)/i;

/**
 * Ticked tasks that name files of which some are not there. A task that removes, renames or moves files is left alone,
 * and one that names none: nothing can be said of it.
 */
export const unprovenTasks = (tasks: readonly TaskFact[]): readonly UnprovenTask[] =>
  tasks
    .filter(({ done, text }) => done && !ENDS_FILES.test(text))
    .flatMap(({ id, document, line, text, files }) => {
      const missing = files.filter(({ exists }) => exists === false).map(({ path }) => path);
      return missing.length === 0
        ? []
        : [{ task: id, document, line, text, missing, named: files.length }];
    });
