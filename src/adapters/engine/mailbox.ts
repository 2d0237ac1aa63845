import { RunClock } from "../../core/run-clock.ts";
import type { Received, ReceiveOptions } from "../../ports/engine.ts";
import { inboxTopic } from "./bell.ts";
import { breathe } from "./breathe.ts";
import type { Footing } from "./footing.ts";
import { deliverTime, readInbox, showWait, type InboxRow } from "./inbox.ts";
import type { SharedSeat } from "./shared-seat.ts";

/** How often to look should a notification be lost. The ends of children and the time need none. */
const LOOK_EVERY_MS = 1_000;

/**
 * What one execution of a run receives: the rows of its inbox, one after the other from the first, so that a replay gets
 * the same as the execution before it, some hundred with each look.
 */
export class Mailbox {
  readonly #footing: Footing;
  readonly #seat: SharedSeat;
  readonly #rows: InboxRow[] = [];
  /** The number of the last of the rows, of those that were given too. */
  #seen = 0;
  #given = 0;
  #rung = false;
  #wake: (() => void) | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #listening = false;
  readonly #clock = new RunClock({ wall: () => Date.now(), monotonic: () => performance.now() });

  constructor(footing: Footing, seat: SharedSeat) {
    this.#footing = footing;
    this.#seat = seat;
  }

  /** The next one. Of several calls at once each gets its own, in the order of the calls. */
  receive(options: ReceiveOptions): Promise<Received> {
    this.#listen();
    const { guarded } = this.#footing;
    const received = this.#turn.then(() => guarded(() => this.#next(options)));
    this.#turn = received;
    return received;
  }

  /** What the time is for the run, in milliseconds since the epoch. */
  now(): number {
    return this.#clock.now();
  }

  /** What was recorded here need not be read, if nothing came before it that was not. */
  offer(row: InboxRow | undefined): void {
    if (row?.seq === this.#seen + 1) this.#take([row]);
    this.#told();
  }

  #take(rows: readonly InboxRow[]): void {
    // Some may have been offered while they were read.
    this.#rows.push(...rows.filter(({ seq }) => seq > this.#seen));
    this.#seen = this.#rows.at(-1)?.seq ?? this.#seen;
  }

  #told(): void {
    this.#rung = true;
    this.#wake?.();
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    const { shop, lease, signal } = this.#footing;
    const off = shop.bell.on(inboxTopic(lease.runId), () => this.#told());
    const stop = () => {
      off();
      this.#told();
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  }

  async #next({ until, waiting }: ReceiveOptions): Promise<Received> {
    const { signal } = this.#footing;
    for (let shown = false; ;) {
      await breathe();
      signal.throwIfAborted();
      const row = await this.#read();
      if (row) {
        if (shown) await this.#seat.takeBack(signal);
        return { ...row.received, at: this.#clock.receive(row.received.at) };
      }
      if (until !== undefined && this.now() >= until) {
        if (!(await this.#tellTime())) await this.#ring();
      } else {
        if (waiting && !shown) {
          shown = await this.#show({ waiting, until });
          if (shown) this.#seat.give();
        }
        await this.#ring(until);
      }
    }
  }

  async #read(): Promise<InboxRow | undefined> {
    const { shop, lease, signal } = this.#footing;
    if (this.#given === this.#rows.length) {
      this.#rung = false;
      this.#rows.length = 0;
      this.#given = 0;
      this.#take(await readInbox(shop.store, lease.runId, this.#seen, signal));
    }
    const row = this.#rows[this.#given];
    if (row) this.#given += 1;
    return row;
  }

  #tellTime(): Promise<boolean> {
    const { shop, lease, signal } = this.#footing;
    return deliverTime(shop.store, lease, { after: this.#seen, at: this.now() }, signal);
  }

  #show(shown: Required<Pick<ReceiveOptions, "waiting">> & { readonly until: number | undefined }) {
    const { shop, lease, signal } = this.#footing;
    return showWait(shop.store, lease, { ...shown, after: this.#seen }, signal);
  }

  /** Resolves when something may have come since the last look, when it is time, or when the execution is over. */
  async #ring(until = Infinity): Promise<void> {
    const { signal } = this.#footing;
    if (this.#rung || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(until - this.now(), 0), LOOK_EVERY_MS));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }
}
