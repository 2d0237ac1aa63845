import type { Seat } from "./seat.ts";

/** The one place of a run, which is free as long as any part of it waits for a person. */
export class SharedSeat {
  readonly #seat: Seat;
  #waits = 0;

  constructor(seat: Seat) {
    this.#seat = seat;
  }

  give(): void {
    this.#waits += 1;
    if (this.#waits === 1) this.#seat.release();
  }

  async takeBack(signal: AbortSignal): Promise<void> {
    this.#waits -= 1;
    if (this.#waits === 0) await this.#seat.take(signal);
  }
}
