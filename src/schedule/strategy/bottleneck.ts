/** What holds the work up, by measured effect: worst first. */
export interface Bottleneck {
  readonly kind: "person" | "skill" | "team" | "resource" | "activity" | "sync";
  readonly id: string;
  readonly title: string;
  /** Minutes that activities waited for it in the schedule, each from when it could have started otherwise. */
  readonly waited: number;
  /** Activities that did. */
  readonly waiting: readonly string[];
  /** Part of its time that is used from the schedule's start to its end, 0 … 1; for an activity its criticality index. */
  readonly used: number;
  /** Minutes sooner that the whole ends with one more of it (an activity: with a quarter less work; a sync point: without it), by scheduling anew. Undefined where that was not tried. */
  readonly saves?: number;
}
