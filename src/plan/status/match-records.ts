import type { Plan, Task } from "../model.ts";
import type { PlanStatus, StatusTask } from "./model.ts";
import { isAlike, recordText } from "./record-text.ts";

/** A record and the task of its id, whose text is another one. */
export interface DifferingRecord {
  readonly record: StatusTask;
  readonly task: Task;
}

/** A status file whose records have the keys that their tasks and verifications have in the plan. */
export interface MatchedStatus extends PlanStatus {
  /** Records of nothing in the plan. */
  readonly gone: readonly StatusTask[];
  /** Records that have the id of a task, and the text of another. */
  readonly unlike: readonly DifferingRecord[];
  /** Records whose task was put in other words since. */
  readonly reworded: readonly DifferingRecord[];
  /** Records whose text was compared with that of the task of their id. */
  readonly compared: number;
  /** Most texts, and more than one, are those of other tasks: what the records say is of another version of the plan. */
  readonly otherVersion: boolean;
  /** The records of single criteria, by the key of the verification and the position of the criterion. */
  readonly criteria: ReadonlyMap<string, ReadonlyMap<number, StatusTask>>;
}

/**
 * Find out which task or verification each record is of: the one of its id (`VERIFY-1` and `V1` are `VERIFY 1`), else the only one of its
 * text. The tools of S4 numbered the boxes of verifications as tasks: record 1.7 may be of `**VERIFY 1**: …` (FORMATS §1.3). A text that
 * several records or several places of the plan have says nothing.
 */
export function matchRecords(status: PlanStatus, plan: Plan): MatchedStatus {
  const tasks = new Map(plan.tasks.map((task) => [task.key, task]));
  const known = new Set([...tasks.keys(), ...plan.verifications.map(({ key }) => key)]);
  const own = new Set(status.tasks.map(({ key }) => key).filter((key) => known.has(key)));
  const byText = placesByText(plan, own);
  const repeated = repeatedTexts(status.tasks.filter(({ key }) => !own.has(key)));
  const taken = new Set(own);
  const gone: StatusTask[] = [];
  const criteria = new Map<string, Map<number, StatusTask>>();
  const matched = status.tasks.map((record): StatusTask => {
    if (own.has(record.key)) return record;
    const text = recordText(record.description ?? "");
    const named = verificationKey(record.key);
    const target: Target | undefined = known.has(named)
      ? { key: named }
      : repeated.has(text)
        ? undefined
        : (byText.get(text) ?? undefined);
    if (target?.criterion !== undefined) {
      const states = criteria.get(target.key) ?? new Map<number, StatusTask>();
      criteria.set(target.key, states.set(target.criterion, record));
      return record;
    }
    if (target && !taken.has(target.key)) {
      taken.add(target.key);
      return { ...record, key: target.key };
    }
    gone.push(record);
    return record;
  });
  return { ...status, tasks: matched, gone, criteria, ...compareTexts(status.tasks, tasks) };
}

/** Where a text stands in a plan; with `criterion`, as one of the criteria of a verification. */
interface Target {
  readonly key: string;
  readonly criterion?: number;
}

const verificationKey = (key: string): string =>
  key.replace(/^(?:VERIFY[- ]?|V)(?=\d{1,6}(?:\.\d{1,6}){0,3}$)/i, "VERIFY ");

/** The place of each text in a plan; null for texts that stand there more than once. Tasks that have a record of their own are no candidates. */
function placesByText(plan: Plan, own: ReadonlySet<string>): ReadonlyMap<string, Target | null> {
  const places = new Map<string, Target | null>();
  const add = (text: string, target: Target) => {
    const words = recordText(text);
    if (words !== "") places.set(words, places.has(words) ? null : target);
  };
  for (const { key, text } of plan.tasks) if (!own.has(key)) add(text, { key });
  for (const { key, criteria } of plan.verifications) {
    if (own.has(key)) continue;
    criteria.forEach(({ text }, criterion) => add(text, { key, criterion }));
  }
  return places;
}

function repeatedTexts(records: readonly StatusTask[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { description = "" } of records) {
    const text = recordText(description);
    if (seen.has(text)) repeated.add(text);
    seen.add(text);
  }
  return repeated;
}

type Comparison = Pick<MatchedStatus, "unlike" | "reworded" | "compared" | "otherVersion">;

function compareTexts(
  records: readonly StatusTask[],
  tasks: ReadonlyMap<string, Task>,
): Comparison {
  const unlike: DifferingRecord[] = [];
  const reworded: DifferingRecord[] = [];
  let compared = 0;
  for (const record of records) {
    const task = tasks.get(record.key);
    const [told, written] = [recordText(record.description ?? ""), recordText(task?.text ?? "")];
    if (!task || told === "" || written === "") continue;
    compared++;
    if (!isAlike(told, written)) unlike.push({ record, task });
    else if (told !== written) reworded.push({ record, task });
  }
  return {
    unlike,
    reworded,
    compared,
    otherVersion: unlike.length > 1 && unlike.length * 2 > compared,
  };
}
