import type { Wave } from "../../strategy/waves.ts";
import { counted } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText } from "../table.ts";
import { priceText, wavesTable } from "../tables/time-tables.ts";
import { bullets, heading, joined, markdownTable, named, plain } from "./blocks.ts";

/** Waves with their phases, what each must reach, and what it would cost to wait for all of it. */
export const wavesSection = (facts: Facts): string =>
  joined(
    "## Waves",
    "Waves are a view: a phase starts when what it depends on is done, and waits for a whole wave only at a sync point. _As a barrier_ is what the whole would take longer if the next wave waited for all of this one.",
    markdownTable(wavesTable(facts), "No activities, no waves."),
    allBarriersText(facts),
    ...facts.strategy.waves.map((wave) => waveText(wave, facts)),
  );

function waveText(wave: Wave, facts: Facts): string {
  const { number, name, kind, start, end, minutes, blocks, barrier, syncs, risk } = wave;
  return joined(
    heading(3, `Wave ${number}: ${name}`),
    bullets([
      `${kind}, ${facts.date(start.instant)} to ${facts.date(end.instant)}, ${facts.duration(minutes)}, at most ${counted(wave.maxConcurrent, "session")} at once, risk ${risk}`,
      ...(barrier ? [`As a barrier: ${priceText(barrier, facts)}`] : []),
      ...(blocks > 0 ? [blocksText(wave)] : []),
      ...(syncs.length > 0 ? [`Sync points: ${namesText(syncs.map(facts.name.sync))}`] : []),
    ]),
    named(
      "Phases",
      wave.units.map((unit) => unitText(unit, facts)),
    ),
    named("Done when", wave.successCriteria),
  );
}

/** What waits for it; of several phases, for which of them. */
const blocksText = ({ blocks, blockingFactors }: Wave): string =>
  `Blocks ${counted(blocks, "later phase")}${blockingFactors.length > 1 ? `: ${blockingFactors.join("; ")}` : ""}`;

function unitText(unit: Wave["units"][number], { name, date, duration }: Facts): string {
  const { id, sessions, teams, start, end, dependencies, deliverables } = unit;
  const after = dependencies.length > 0 ? `, after ${namesText(dependencies.map(name.unit))}` : "";
  const gives = deliverables.length > 0 ? `; delivers ${namesText(deliverables, 12)}` : "";
  const who = teams.length > 0 ? namesText(teams.map(name.team)) : "nobody";
  return `${name.unit(id)}: ${who}, ${date(start.instant)} to ${date(end.instant)} (${duration(unit.minutes)})${after}${sessions.length > 0 ? `, ${namesText(sessions)}` : ""}${gives}`;
}

const allBarriersText = (facts: Facts): string => {
  const { allBarriers } = facts.strategy;
  return allBarriers
    ? plain(`Run wave after wave, with a barrier after each: ${priceText(allBarriers, facts)}.`)
    : "";
};
