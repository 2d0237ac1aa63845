/**
 * The order in which a batch of results is merged, tested and landed. A batch is tested as a whole; where that fails it is halved, until
 * it is known whose result it is: with c bad ones among n results at most 2 + c (3 + log₂ n) tests. What passes lands in the order it came.
 *
 * ```
 *               all merged, or no tests          passed
 *   ┌────────┐ ───────────────────────► ┌──────┐ ──────► ┌─────────┐ ──► next
 *   │ gather │                          │ test │         │ advance │
 *   └─▲────▲─┘ ◄── halved ──────┐       └──┬───┘         └────▲────┘
 *     │    │                    │          │ failed           │
 *     │    └ without the refused│   ┌──────▼─────┐            │ passed: the tests are not steady
 *     │                         ├── │ check head │     ┌──────┴─────┐
 *     │                      passed └──┬──┬──────┘ ──► │ test again │ ── failed ──► the culprit
 *   next                               │  passed, one  └────────────┘
 *                                      └ failed: nobody is blamed, the rest is undecided
 *   advance ── the head is further on ──► advance to that ──► gather
 * ```
 *
 * Pure: each answer gives the next state. What is known of a commit is not asked again: a half whose other half landed whole is what
 * was tested before.
 */
export interface LandingQueue {
  /** All that landed so far, tested; or the head at the beginning. */
  readonly head: string;
  readonly step: LandingStep;
  /** What comes after the one at work, each a piece of the batch. */
  readonly todo: readonly Piece[];
  /** Results of tests by commit. */
  readonly known: ReadonlyMap<string, Verdict>;
  /** Heads that were tested once more before somebody was blamed. */
  readonly checked: ReadonlySet<string>;
  readonly tests: boolean;
  /** What the tests fail on lands where they fail on the head, too. */
  readonly lenient: boolean;
  readonly settled: readonly Settled[];
}

/** Tasks in the order they came. */
type Piece = readonly [string, ...string[]];

/** What is to be done now. */
export type LandingStep =
  | { readonly kind: "gather"; readonly tasks: Piece }
  | { readonly kind: "test"; readonly try: Try }
  | { readonly kind: "check-head"; readonly try: Try }
  | { readonly kind: "test-again"; readonly try: Try }
  | {
      readonly kind: "advance";
      readonly from: string;
      readonly to: string;
      readonly settled: readonly Settled[];
    }
  | { readonly kind: "end" };

/** A piece put on the head. */
interface Try {
  readonly tasks: Piece;
  readonly commit: string;
  readonly outcomes: readonly GatherOutcome[];
}

/** What came of putting a task's work on the head, and on those before it. */
export type GatherOutcome =
  | { readonly kind: "merged"; readonly task: string; readonly commit: string }
  | { readonly kind: "nothing"; readonly task: string }
  | { readonly kind: "conflict"; readonly task: string }
  /** It can be merged, and may not be. */
  | { readonly kind: "refused"; readonly task: string };

/** Of a test. `not-run` says nothing of any work. */
export type Verdict = "passed" | "failed" | "not-run";

/** How a task came out of it. */
export type Settled =
  /** `steady`: false where its tests failed before they passed. */
  | {
      readonly kind: "landed";
      readonly task: string;
      readonly commit: string;
      readonly steady: boolean;
    }
  | { readonly kind: "conflict"; readonly task: string }
  | { readonly kind: "refused"; readonly task: string }
  /** The commit that failed twice. */
  | { readonly kind: "failed"; readonly task: string; readonly commit: string }
  | { readonly kind: "undecided"; readonly task: string; readonly because: Undecided };

/** The head fails its tests without any of them, or tests could not be run. */
export type Undecided = "head-fails" | "not-run";

export function openQueue(
  head: string,
  tasks: readonly string[],
  { tests, lenient = false }: { readonly tests: boolean; readonly lenient?: boolean },
): LandingQueue {
  const [first, ...rest] = tasks;
  const todo: readonly Piece[] = first === undefined ? [] : [[first, ...rest]];
  return next({
    head,
    todo,
    tests,
    lenient,
    step: { kind: "end" },
    known: new Map(),
    checked: new Set(),
    settled: [],
  });
}

/** The answer to `gather`: one outcome for each task of the piece, and the commit with all that was merged. */
export function gathered(
  queue: LandingQueue,
  commit: string,
  outcomes: readonly GatherOutcome[],
): LandingQueue {
  const { step } = queue;
  if (step.kind !== "gather") throw unasked("gathered", step);
  const refused = outcomes.filter(({ kind }) => kind === "refused");
  if (refused.length > 0) {
    const isRefused = new Set(refused.map(({ task }) => task));
    const [first, ...rest] = step.tasks.filter((task) => !isRefused.has(task));
    const todo: readonly Piece[] = first === undefined ? [] : [[first, ...rest]];
    const settled = refused.map(({ task }) => ({ kind: "refused", task }) as const);
    return next({ ...add(queue, settled), todo: [...todo, ...queue.todo] });
  }
  const made: Try = { tasks: step.tasks, commit, outcomes };
  if (commit === queue.head || !queue.tests || queue.known.get(commit) === "passed")
    return passed(queue, made, true);
  return queue.known.get(commit) === "failed"
    ? broken(queue, made)
    : { ...queue, step: { kind: "test", try: made } };
}

/** The answer to a step that tests. */
export function tested(queue: LandingQueue, verdict: Verdict): LandingQueue {
  const { step } = queue;
  if (step.kind !== "test" && step.kind !== "check-head" && step.kind !== "test-again")
    throw unasked("tested", step);
  const made = step.try;
  if (verdict === "not-run")
    return queue.lenient ? passed(queue, made, false) : undecided(queue, made, "not-run");
  const commit = step.kind === "check-head" ? queue.head : made.commit;
  const told = { ...queue, known: new Map([...queue.known, [commit, verdict]]) };
  if (step.kind === "check-head") {
    if (verdict === "failed")
      return told.lenient ? passed(told, made, false) : undecided(told, made, "head-fails");
    return broken({ ...told, checked: new Set([...told.checked, told.head]) }, made);
  }
  if (verdict === "passed") return passed(told, made, step.kind === "test");
  if (step.kind === "test") return broken(told, made);
  const [task] = made.tasks;
  // One was found: the pieces that it left may well pass together.
  const [first, ...rest] = told.todo.flat();
  const todo: readonly Piece[] = first === undefined ? [] : [[first, ...rest]];
  return next({ ...add(told, [{ kind: "failed", task, commit: made.commit }]), todo });
}

/** The answer to `advance`: only now it has landed. */
export function advanced(queue: LandingQueue): LandingQueue {
  const { step } = queue;
  if (step.kind !== "advance") throw unasked("advanced", step);
  return next({ ...add(queue, step.settled), head: step.to });
}

/** Another answer to `advance`: the head is further on already, moved by a step that was never heard of. What was to land is put on that. */
export function headFound(queue: LandingQueue, at: string): LandingQueue {
  const { step } = queue;
  if (step.kind !== "advance") throw unasked("headFound", step);
  const [first, ...rest] = step.settled.map(({ task }) => task);
  const again: readonly Piece[] = first === undefined ? [] : [[first, ...rest]];
  const todo = [...again, ...queue.todo];
  return { ...queue, todo, step: { kind: "advance", from: at, to: at, settled: [] } };
}

/** The first failure is held against the head itself before anything is halved, and each head once more before somebody is blamed. */
function broken(queue: LandingQueue, made: Try): LandingQueue {
  if (queue.lenient && queue.known.get(queue.head) === "failed") return passed(queue, made, false);
  const [left, right] = halves(made.tasks);
  const isChecked = right === undefined ? queue.checked.has(queue.head) : queue.checked.size > 0;
  if (!isChecked) return { ...queue, step: { kind: "check-head", try: made } };
  if (right === undefined) return { ...queue, step: { kind: "test-again", try: made } };
  return next({ ...queue, todo: [left, right, ...queue.todo] });
}

function passed(queue: LandingQueue, made: Try, steady: boolean): LandingQueue {
  let at = queue.head;
  const settled = made.outcomes.map((outcome): Settled => {
    if (outcome.kind === "merged") at = outcome.commit;
    const { task } = outcome;
    return outcome.kind === "merged" || outcome.kind === "nothing"
      ? { kind: "landed", task, commit: at, steady }
      : { kind: outcome.kind, task };
  });
  if (made.commit === queue.head) return next(add(queue, settled));
  return { ...queue, step: { kind: "advance", from: queue.head, to: made.commit, settled } };
}

function undecided(queue: LandingQueue, made: Try, because: Undecided): LandingQueue {
  const left = [...made.tasks, ...queue.todo.flat()];
  const settled = left.map((task) => ({ kind: "undecided", task, because }) as const);
  return { ...add(queue, settled), todo: [], step: { kind: "end" } };
}

function next(queue: LandingQueue): LandingQueue {
  const [tasks, ...todo] = queue.todo;
  return {
    ...queue,
    todo,
    step: tasks === undefined ? { kind: "end" } : { kind: "gather", tasks },
  };
}

const add = (queue: LandingQueue, settled: readonly Settled[]): LandingQueue => ({
  ...queue,
  settled: [...queue.settled, ...settled],
});

/** The second is undefined where there is only one. */
function halves(tasks: Piece): readonly [Piece, Piece | undefined] {
  const middle = Math.ceil(tasks.length / 2);
  const [first, ...rest] = tasks;
  const [second, ...others] = tasks.slice(middle);
  return [
    [first, ...rest.slice(0, middle - 1)],
    second === undefined ? undefined : [second, ...others],
  ];
}

const unasked = (answer: string, { kind }: LandingStep): Error =>
  new Error(`${answer}, where ${kind} was asked for`);
