import { oneLine } from "../core/text.ts";
import type { Task, Verification } from "../plan/model.ts";
import { SUCCESS } from "./expectation.ts";
import { looksLikeCommand } from "./verify/looks-like-command.ts";
import { readCheck, type CheckCommand } from "./verify/read-check.ts";
import { scriptsOf } from "./verify/scripts-of.ts";

/** What shows that a verification passes, or that a task is done. */
export interface Checks {
  /** To be run by us, in order, each once. */
  readonly commands: readonly CheckCommand[];
  /** To be judged by an agent that did not do the work, one line each. A line may also have commands among the above. */
  readonly prose: readonly string[];
}

const MAX_LINE = 1_000;

/**
 * The commands of a verification, and what of it is prose: fences and fields are commands as they stand; of criteria those that name a command
 * and ask for it (`verify/read-check.ts`).
 */
export function verificationChecks(verification: Verification): Checks {
  const { commands, criteria, title } = verification;
  const inline = /^[^:]{0,60}:\s*(\S.*)$/.exec(title)?.[1];
  const lines = criteria.map(({ text }) => text);
  // `**VERIFY 3:** tests pass` has its criterion in the title.
  const said =
    criteria.length === 0 && commands.length === 0 && inline !== undefined ? [inline] : lines;
  return gathered(
    scriptsOf(commands).map((command) => ({ command, expects: SUCCESS })),
    said,
  );
}

/** A line below a task that says how it is checked. */
const CHECK_LINE =
  /^[\s>]*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?(?:\*\*)?(?:verify|verification|verified by|validate|validation|check|test|acceptance(?: criteria)?|done when|success criteria)\b[^:`]{0,60}(?::\s*(?:\*\*)?|(?=`))\s*(.*)$/i;
/** A task that is itself a check. */
const CHECK_TASK = /^(?:\*\*)?(?:verify|confirm|ensure|check|validate|run|test|execute)\b/i;
const CLAIM =
  /\b(?:pass(?:es|ing)?|green|clean|succeeds?|coverage|errors?|warnings?|failures?|exit code|returns?|confirm|no matches|compiles?|includes?|contains?|verification|checks?)\b/i;
/** Where a task that is done tells how it went: no longer what is asked for. */
const REPORT =
  /(?:[.—–-]|\*\*)\s{0,3}\*{0,4}(?:VERIFIED|Verified|CONFIRMED|Confirmed|Discovered|Final|RESULT|Result|DONE|Done|COMPLETE)\b/;

/**
 * The commands that show that a task is done: those of its fields, of lines below it that say how it is checked, and of its own text where it is
 * a check. What else it says is the work.
 */
export function taskChecks(task: Task): Checks {
  const { command, details, text, verifies } = task;
  const field = command === undefined ? undefined : fieldChecks(command);
  const lines = details.flatMap((line) => {
    const said = CHECK_LINE.exec(line.text.slice(0, MAX_LINE));
    return said ? [line.text.trim().replace(/^[-*+]\s+/, "")] : [];
  });
  const own = verifies ? gathered([], [text]) : ownChecks(text);
  const below = gathered(
    [],
    lines.filter((line) => command === undefined || !line.includes(command)),
  );
  return {
    commands: unique([...(field?.commands ?? []), ...own.commands, ...below.commands]),
    prose: [...(field?.prose ?? []), ...own.prose, ...below.prose],
  };
}

/** Whether a task may end with nothing changed: it asks for a check, and commands show how that came out. `Run the tests and mend what fails`. */
export const mayChangeNothing = (task: Task): boolean =>
  CHECK_TASK.test(task.text.slice(0, MAX_LINE)) && taskChecks(task).commands.length > 0;

/** A field may hold a command as it is, commands in code marks, or words. */
function fieldChecks(field: string): Checks {
  if (field.includes("`")) return gathered([], [field]);
  const { kind } = looksLikeCommand(field);
  return kind === "other"
    ? gathered([], [field])
    : { commands: [{ command: field.trim().replace(/^\$\s+/, ""), expects: SUCCESS }], prose: [] };
}

/** Of a task's own text only commands: the rest of it says what is to be done. */
function ownChecks(line: string): Checks {
  const whole = line.slice(0, 4 * MAX_LINE);
  const report = REPORT.exec(whole)?.index ?? whole.length;
  const text = whole.slice(0, report);
  const claims = /:\s*`[^`]+`\s*[.]?$/.test(text) && CLAIM.test(text);
  if (!claims && !(CHECK_TASK.test(text) && CLAIM.test(text))) return { commands: [], prose: [] };
  return { commands: readCheck(text).commands, prose: [] };
}

function gathered(given: readonly CheckCommand[], lines: readonly string[]): Checks {
  const read = lines.map((line) => ({ line, ...readCheck(line) }));
  return {
    commands: unique([...given, ...read.flatMap(({ commands }) => commands)]),
    prose: read.flatMap(({ line, judged }) => (judged ? [oneLine(line, MAX_LINE)] : [])),
  };
}

function unique(commands: readonly CheckCommand[]): readonly CheckCommand[] {
  const known = new Map(commands.map((each) => [JSON.stringify(each), each] as const));
  return [...known.values()];
}
