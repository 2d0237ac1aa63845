import type { StepInfo } from "@dbos-inc/dbos-sdk/internal/workflow";
import { isOutcome, type Outcome } from "./outcome.ts";

/** So many steps with one look; outputs of steps can be long. */
const AT_ONCE = 500;
/** Where fewer are left, more are read. */
const LEFT = 250;

interface Recorded {
  readonly name: string;
  readonly outcome: Outcome;
}

type Read = (place: {
  readonly limit: number;
  readonly offset: number;
}) => Promise<readonly StepInfo[] | undefined>;

/**
 * What one workflow journaled before this execution of it, read ahead of its replay: a step that is answered from here
 * costs no query, where DBOS asks three times for each. What is not here is asked of DBOS, which knows all.
 */
export class Replay {
  readonly #read: Read;
  readonly #ahead = new Map<number, Recorded>();
  #offset = 0;
  #reading: Promise<void> | undefined;
  #all = false;

  private constructor(read: Read) {
    this.#read = read;
  }

  /** With the first steps read. */
  static async begin(read: Read): Promise<Replay> {
    const replay = new Replay(read);
    await replay.#more();
    return replay;
  }

  /** How the step of this number and name ended, if it is known here; only the first time. */
  take(number: number, name: string): Outcome | undefined {
    const found = this.#ahead.get(number);
    this.#ahead.delete(number);
    if (this.#ahead.size < LEFT && !this.#all) this.#reading ??= this.#more();
    return found?.name === name ? found.outcome : undefined;
  }

  /** Resolves when the next step is here, if it is journaled: who waits for it before that step is begun finds it. */
  async ready(): Promise<void> {
    if (this.#ahead.size === 0) await this.#reading;
  }

  async #more(): Promise<void> {
    try {
      const steps = (await this.#read({ limit: AT_ONCE, offset: this.#offset })) ?? [];
      this.#offset += steps.length;
      this.#all = steps.length < AT_ONCE;
      for (const { functionID, name, output, error, childWorkflowID } of steps)
        if (error === null && childWorkflowID === null && isOutcome(output))
          this.#ahead.set(functionID, { name, outcome: output });
    } catch {
      // Then DBOS is asked, which can wait for the server.
      this.#all = true;
    }
    this.#reading = undefined;
  }
}
