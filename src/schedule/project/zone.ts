const DAY = 1_440;
/** Clocks are at most 14 hours ahead of UTC and 12 behind; a little more, for what laws may bring. */
const AHEAD = 15 * 60;
const BEHIND = 13 * 60;

/**
 * A time zone: instants (minutes since 1970-01-01T00:00Z) to local minutes (minutes since 1970-01-01T00:00 on the clocks there) and
 * back, whatever zone the machine is in. Rules come from `Intl`; at most one change of clocks a day is expected of them.
 */
export class Zone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  /** Offset in minutes at the beginning of a UTC day. */
  readonly #offsets = new Map<number, number>();
  /** The instant at which clocks change on a UTC day. */
  readonly #changes = new Map<number, number>();

  /** The name must be one that `isZone` knows. */
  constructor(name: string) {
    this.name = name;
    this.#format = formatOf(name);
  }

  localAt(instant: number): number {
    return instant + this.#offsetAt(instant);
  }

  /**
   * The first instant at which clocks show this time or a later one: where clocks go forward over it, the moment that they do; where
   * they go back to it, the first time. Later local times never give earlier instants.
   */
  instantOf(local: number): number {
    const [first, last] = [local - AHEAD, local + BEHIND];
    const before = this.#offsetAt(first);
    const after = this.#offsetAt(last);
    if (before === after) return local - before;
    for (let day = dayOf(first); day <= dayOf(last); day++) {
      const change = this.#changeOn(day);
      if (change !== undefined && change > first)
        return local - before < change ? local - before : Math.max(change, local - after);
    }
    return local - before;
  }

  #offsetAt(instant: number): number {
    const day = dayOf(instant);
    const change = this.#changeOn(day);
    return change === undefined || instant < change ? this.#offsetOf(day) : this.#offsetOf(day + 1);
  }

  #changeOn(day: number): number | undefined {
    const before = this.#offsetOf(day);
    if (before === this.#offsetOf(day + 1)) return undefined;
    const known = this.#changes.get(day);
    if (known !== undefined) return known;
    let [low, high] = [day * DAY, (day + 1) * DAY];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#read(middle) === before) low = middle;
      else high = middle;
    }
    this.#changes.set(day, high);
    return high;
  }

  #offsetOf(day: number): number {
    const known = this.#offsets.get(day);
    if (known !== undefined) return known;
    const offset = this.#read(day * DAY);
    this.#offsets.set(day, offset);
    return offset;
  }

  /** What `Intl` says, in whole minutes. */
  #read(instant: number): number {
    const parts = new Map(
      this.#format.formatToParts(instant * 60_000).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
    const local = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
    );
    return local / 60_000 - instant;
  }
}

const dayOf = (minutes: number): number => Math.floor(minutes / DAY);

const formatOf = (name: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });

/** Whether this is the name of a zone: `Europe/Berlin`, `UTC`. */
export function isZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}
