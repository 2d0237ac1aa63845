import type { Progress, RecordedEvent } from "../core/event.ts";
import { isPlanEvent } from "../core/plan-event.ts";
import { isSessionEvent } from "../core/session-event.ts";
import { expectedEnd } from "../history/execution/compare-with-plan.ts";
import type { ExecutionHistory } from "../history/execution/execution-history.ts";
import { ExecutionRecorder } from "../history/execution/record-execution.ts";
import type { FrameOptions } from "./agent-line.ts";
import { executionFrame } from "./execution/execution-frame.ts";
import { EMPTY_VIEW, reduceView, type LiveView } from "./live-view.ts";
import { renderFrame } from "./render-frame.ts";
import { standingLine } from "./standing-line.ts";

/** How old the expected end may be: when something happened meanwhile, and when nothing did. */
const LEAST_AGE_MS = 1_000;
const MOST_AGE_MS = 10_000;

/** What is known of a run that somebody follows: its stages, and the plans that it carries out. */
export class FollowedRun {
  readonly #recorder = new ExecutionRecorder();
  #view: LiveView = EMPTY_VIEW;
  #onPlans = false;
  #expected: { at: number; seq: number; end: number | undefined } = {
    at: -Infinity,
    seq: 0,
    end: undefined,
  };

  /** Last event taken in. */
  get seq(): number {
    return this.#view.seq;
  }

  get startedAt(): number | undefined {
    return this.#view.startedAt;
  }

  take(input: RecordedEvent | Progress): void {
    this.#view = reduceView(this.#view, input);
    if (!("event" in input)) return this.#recorder.say(input);
    this.#recorder.take(input);
    if (isPlanEvent(input.event) || isSessionEvent(input.event)) this.#onPlans = true;
    else if ("stage" in input.event) this.#onPlans = false;
  }

  /** What is on now, as lines: the plans that are carried out, or the stage. */
  frame(options: FrameOptions): string[] {
    const { history } = this.#recorder;
    return history && this.#onPlans
      ? executionFrame(history, {
          ...options,
          expectedEnd: this.#expectedEnd(history, options.now),
        })
      : renderFrame(this.#view, options);
  }

  /** How it stands, in one line. */
  standing(): string {
    return standingLine(this.#view, this.#onPlans ? this.#recorder.history : undefined);
  }

  #expectedEnd(history: ExecutionHistory, now: number): number | undefined {
    const { at, seq } = this.#expected;
    const age = now - at;
    if (age >= (seq === history.seq ? MOST_AGE_MS : LEAST_AGE_MS) || age < 0)
      this.#expected = { at: now, seq: history.seq, end: expectedEnd(history, now) };
    return this.#expected.end;
  }

  /** Roles and tasks that somebody is at work on, with when that began. */
  atWork(): readonly { readonly name: string; readonly since: number | undefined }[] {
    const roles = this.#view.stages
      .flatMap((stage) => [...stage.specialists, ...stage.later])
      .filter(({ state }) => state === "running")
      .map(({ role, startedAt }) => ({ name: role, since: startedAt }));
    const tasks = [...(this.#recorder.history?.tasks.values() ?? [])]
      .filter(({ status }) => status === "running" || status === "verifying")
      .map(({ planned, attempts }) => ({
        name: planned.key,
        since: attempts.at(-1)?.startedAt,
      }));
    return [...roles, ...tasks];
  }
}
