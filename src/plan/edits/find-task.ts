import { oneLine } from "../../core/text.ts";
import type { FilePlace } from "../../core/place.ts";
import { ok } from "../../core/result.ts";
import type { Plan, Task, Verification } from "../model.ts";
import { refused, type Edited } from "./refused.ts";

/** What a person can name in a plan. */
export type Named =
  | { readonly kind: "task"; readonly key: string; readonly task: Task }
  | { readonly kind: "verification"; readonly key: string; readonly verification: Verification };

/** No id is longer: what is behind that is cut. */
const MOST_SHOWN = 4_000;

/** How many keys a hint names. */
const MOST_NAMED = 5;

/** A task or verification by its key. Errors: PLAN_TASK_UNKNOWN, with keys that come near. */
export function taskOfKey(plan: Plan, key: string): Edited<Named> {
  const found = keysOf(plan).get(key);
  return found ? ok(found) : unknown(plan, key);
}

/**
 * The task or verification that a person names: by its key, by an id that only one has, in any case (`t012`); `T012#1` is the
 * first of several. Errors: PLAN_TASK_UNKNOWN, with those that come near, or those that share the id.
 */
export function findTask(plan: Plan, given: string): Edited<Named> {
  const wanted = given.trim();
  const named = [...keysOf(plan).values()];
  const exact = named.find(({ key }) => key === wanted || `${key}#1` === wanted);
  const sharing = named.filter((each) => namesOf(each).includes(wanted));
  const same =
    exact || sharing.length > 0
      ? sharing
      : named.filter((each) => namesOf(each).some((name) => like(name, wanted)));
  const [only, second] = same;
  if (second) return ambiguous(wanted, same, second);
  const found = exact ?? only;
  return found ? ok(found) : unknown(plan, wanted);
}

function ambiguous(wanted: string, same: readonly Named[], second: Named): Edited<never> {
  const shown = oneLine(wanted, 40);
  const each = same.map((named) => {
    const first = named.key === wanted ? "#1" : "";
    return `${named.key}${first} (line ${placeOf(named).line ?? "?"})`;
  });
  return refused("PLAN_TASK_UNKNOWN", `The plan has ${same.length} tasks ${shown}.`, {
    hint: `Say which is meant: ${listed(each)}; better, give each an id of its own.`,
    place: placeOf(second),
  });
}

function unknown(plan: Plan, wanted: string): Edited<never> {
  const keys = [...keysOf(plan).keys()];
  const near = keys.filter((key) => isNear(key, wanted));
  return refused("PLAN_TASK_UNKNOWN", `The plan has no task ${oneLine(wanted, 40)}.`, {
    hint:
      keys.length === 0
        ? "The plan has no tasks at all; see why with: wavegate plans validate"
        : `Take one that is there: ${listed(near.length > 0 ? near : keys)}.`,
    place: { file: plan.file },
  });
}

/** The words of what was named. */
export const textOf = (named: Named): string =>
  named.kind === "task" ? named.task.text : named.verification.title;

export const placeOf = (named: Named): FilePlace =>
  named.kind === "task" ? named.task.place : named.verification.place;

const known = new WeakMap<Plan, ReadonlyMap<string, Named>>();

/** Made once for each plan: edits look up one key after the other. */
function keysOf(plan: Plan): ReadonlyMap<string, Named> {
  const keys = known.get(plan) ?? makeKeys(plan);
  known.set(plan, keys);
  return keys;
}

function makeKeys(plan: Plan): ReadonlyMap<string, Named> {
  const keys = new Map<string, Named>();
  for (const task of plan.tasks) keys.set(task.key, { kind: "task", key: task.key, task });
  for (const verification of plan.verifications)
    if (!keys.has(verification.key))
      keys.set(verification.key, { kind: "verification", key: verification.key, verification });
  return keys;
}

const namesOf = (named: Named): readonly string[] =>
  named.kind === "task" && named.task.id !== undefined ? [named.key, named.task.id] : [named.key];

/** Ids are shown without marks that no one sees, such as those of right-to-left text: they are copied so, too. */
const like = (name: string, wanted: string) => shownOf(name) === shownOf(wanted);

const shownOf = (name: string) => oneLine(name, MOST_SHOWN).toLowerCase();

/** One is the beginning of the other, or they are the same but for zeros and separators: `1.04`, `1-4`; `T12`, `T012`. */
const isNear = (key: string, wanted: string): boolean => {
  if (wanted === "") return false;
  const [one, other] = [plainOf(key), plainOf(wanted)];
  return one === other || key.toLowerCase().startsWith(wanted.toLowerCase());
};

const plainOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[^a-z\d]+|(?<=[a-z])(?=\d)/)
    .map((part) => part.replace(/^0+(?=\d)/, ""))
    .join(".");

function listed(names: readonly string[]): string {
  if (names.length === 0) return "none";
  const shown = names.slice(0, MOST_NAMED).map((name) => oneLine(name, 40));
  return (
    shown.join(", ") + (names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "")
  );
}
