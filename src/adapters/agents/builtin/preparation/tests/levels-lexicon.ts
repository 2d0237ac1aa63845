/** The levels that cases stand on, from the fastest to the slowest, with when a feature needs them. */
export const LEVELS = {
  rules: {
    name: "Rules",
    purpose: "Limits, rights and computations alone, without store, network or screen",
    reason:
      "they are many and run at every keystroke; a wrong limit is found here and not in a scenario",
  },
  store: {
    name: "Store",
    purpose:
      "What must hold when two do the same at the same moment, or a thing arrives twice, on the real store",
    reason:
      "only the real store shows what it does with two writers; a stand-in would always agree",
  },
  contract: {
    name: "Contract",
    purpose:
      "Each adapter against a stand-in that fails in every way listed, and once against the other side's own test access",
    reason: "failures of the outside cannot be ordered when a scenario runs",
  },
  acceptance: {
    name: "Acceptance",
    purpose:
      "The specification's own scenarios and answered edge cases from end to end, outside systems as stand-ins",
    reason: "they are what the author will look at; each is one case and keeps its number",
  },
  measurement: {
    name: "Measurement",
    purpose: "Success criteria that can be measured before release, with the figure that they name",
    reason:
      "a figure is met or not; it needs the whole, in the amounts that the specification speaks of",
  },
  use: {
    name: "In use",
    purpose:
      "Success criteria that show only over weeks of use: what is recorded, from the first day on",
    reason:
      "no test before release can show them; without a record from the start nobody will be able to say",
  },
} as const;

export type LevelKey = keyof typeof LEVELS;

/** From fast to slow. */
export const LEVEL_ORDER: readonly LevelKey[] = [
  "rules",
  "store",
  "contract",
  "acceptance",
  "measurement",
  "use",
];
