import type { Team, Person } from "../project/team.ts";

/** Something that could be otherwise (MISSION WV-06). */
export type Change =
  | { readonly kind: "add-person"; readonly team: string; readonly person: Person }
  | { readonly kind: "add-team"; readonly team: Team }
  | { readonly kind: "drop-activity"; readonly activity: string }
  /** Its work takes that many minutes; its best and worst case change by the same factor. */
  | { readonly kind: "set-work"; readonly activity: string; readonly minutes: number }
  /** So many at once from now on: a second database, the file in two. */
  | { readonly kind: "set-capacity"; readonly resource: string; readonly capacity: number }
  | {
      readonly kind: "drop-links";
      readonly links: readonly { readonly from: string; readonly to: string }[];
    }
  | { readonly kind: "drop-sync"; readonly sync: string }
  | { readonly kind: "set-buffer"; readonly buffer: number };
