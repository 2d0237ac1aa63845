import type { Progress, RecordedEvent } from "../core/event.ts";

/** Shows a run while it happens. Where events come from is not its business. */
export interface Reporter {
  event(record: RecordedEvent): void;
  /** Know of an event that was shown before, by another reporter or at another time. */
  past(record: RecordedEvent): void;
  /** Say in a line how the run stands after what is past; whoever draws the whole run has nothing to say. */
  recap?(): void;
  progress(progress: Progress): void;
  /** Say something besides, e.g. that the run is being stopped. */
  notice(text: string): void;
  /** Show the last state and leave the terminal as it was found. Calling it again does nothing. */
  close(): void;
}

/** The part of a stream that reporters use. */
export interface Output {
  write(text: string): void;
}

/** Time as reporters need it; tests own it. */
export interface Ticker {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Call `tick` every `ms` until the returned function is called. */
  every(ms: number, tick: () => void): () => void;
}
