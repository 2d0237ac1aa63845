import type { FilePlace } from "../../core/place.ts";

/** When there is working time: hours of each weekday in a zone, less holidays. */
export interface Calendar {
  readonly id: string;
  /** IANA name, e.g. `America/New_York`. */
  readonly zone: string;
  /** From Monday to Sunday, each day's spans of working time, in order and apart: minutes since midnight, 0 … 1440. */
  readonly week: readonly (readonly Span[])[];
  /** `YYYY-MM-DD` days without work. */
  readonly holidays: readonly string[];
  readonly place?: FilePlace;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}
