import type { Reading, Readings, ScoreName } from "../../../src/stage/rules/readings.ts";

const reading = (value: number): Reading => ({
  value,
  source: "computed",
  computed: value,
  parts: [],
  note: null,
});

/** Readings with these values, as if they had been computed. */
export const readingsOf = (values: Readonly<Record<ScoreName, number>>): Readings => ({
  complexity: reading(values.complexity),
  clarity: reading(values.clarity),
  uncertainty: reading(values.uncertainty),
  debt: reading(values.debt),
});
