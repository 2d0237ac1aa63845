import type { WatchedMetric } from "./risk.ts";

/** What triggers are measured by, for the program that watches them: definition and unit. */
export const WATCHED_METRICS: Readonly<
  Record<WatchedMetric, { readonly unit: string; readonly definition: string }>
> = {
  "finish-late-minutes": {
    unit: "minutes",
    definition:
      "Working time by which the end of the whole, scheduled anew from what happened so far, is later than planned.",
  },
  "start-late-minutes": {
    unit: "minutes",
    definition: "Working time since one of the subjects should have started and has not.",
  },
  "duration-over-minutes": {
    unit: "minutes",
    definition:
      "Working time that one of the subjects has taken so far beyond its planned duration.",
  },
  "waiting-minutes": {
    unit: "minutes",
    definition:
      "Working time for which one of the subjects could have been worked on, and waited for what blocks it.",
  },
  "person-away": {
    unit: "people",
    definition: "People among the subjects who are away on a day on which they are booked.",
  },
  "same-file-changes": {
    unit: "changes",
    definition:
      "Changes of the file among the subjects by others than the activity that has it now.",
  },
  "open-dependencies": {
    unit: "dependencies",
    definition: "Dependencies of the subjects that are not done at their planned start.",
  },
  "failed-tries": {
    unit: "tries",
    definition:
      "Attempts at one of the subjects that is not done, verifications among them, that came to nothing so far.",
  },
  "missing-participants": {
    unit: "people",
    definition: "Participants of the sync point among the subjects who are not there at its start.",
  },
  "deadline-margin-minutes": {
    unit: "minutes",
    definition:
      "Working time between the forecast end (P80) of the subjects, or of the whole, and its deadline.",
  },
};
