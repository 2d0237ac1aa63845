import type { Milestone } from "../../strategy/milestones.ts";
import type { MomentForecast } from "../../strategy/forecast.ts";
import type { Price } from "../../strategy/waves.ts";
import { percentText } from "../amounts.ts";
import type { Facts } from "../facts.ts";
import { namesText, tableOf, type Table } from "../table.ts";

export const wavesTable = (facts: Facts): Table =>
  tableOf(
    "Waves",
    ["#Wave", "Name", "Phases", "Start", "End", "#Takes", "#At once", "#As a barrier", "Risk"],
    facts.strategy.waves.map((wave) => [
      String(wave.number),
      wave.name,
      namesText(
        wave.units.map(({ id }) => facts.name.unit(id)),
        4,
      ),
      facts.date(wave.start.instant),
      facts.date(wave.end.instant),
      facts.duration(wave.minutes),
      String(wave.maxConcurrent),
      wave.barrier ? priceText(wave.barrier, facts) : "–",
      wave.risk,
    ]),
  );

/** `+2 days`, `free`; how far it may be off where the search was. */
export function priceText({ minutes, noise }: Price, { duration }: Facts): string {
  const price = minutes > 0 ? `+${duration(minutes)}` : "free";
  return noise > 0 ? `${price} (± ${duration(noise)})` : price;
}

/** Milestones with when they are reached in half, four of five and nineteen of twenty runs. */
export function milestonesTable(facts: Facts): Table {
  const at = percentilesOf(facts);
  return tableOf(
    "Milestones by date",
    ["Planned", "Milestone", "#On time", "P50", "P80", "P95", "Deadline", "#Room"],
    facts.strategy.milestones.map((milestone) => {
      const { title, kind, at: planned, likelihood, deadline, margin } = milestone;
      return [
        facts.time(planned.instant),
        kind === "end" ? `End of ${title}` : kind === "sync" ? `Sync point ${title}` : title,
        likelihood === undefined ? "–" : percentText(likelihood),
        ...at(milestone),
        // A day counts to its end.
        deadline ? facts.day(deadline.instant - 1) : "–",
        margin === undefined ? "–" : marginText(margin, facts),
      ];
    }),
  );
}

export const marginText = (margin: number, { duration }: Facts): string =>
  margin < 0 ? `${duration(-margin)} late` : duration(margin);

const keyOf = (kind: MomentForecast["kind"], id: string): string => JSON.stringify([kind, id]);

function percentilesOf(facts: Facts): (milestone: Milestone) => readonly [string, string, string] {
  const { forecast } = facts.strategy;
  const moments = new Map(forecast.moments.map((each) => [keyOf(each.kind, each.id), each]));
  const day = (instant: number) => facts.date(instant);
  const { p50, p80, p95 } = forecast;
  return ({ id, kind, p80: own }) => {
    if (kind === "end") return [day(p50.instant), day(p80.instant), day(p95.instant)];
    const moment = moments.get(keyOf(kind, id));
    if (!moment) return ["–", own ? day(own.instant) : "–", "–"];
    const of = (minute: number) => day(facts.endOf(minute));
    return [of(moment.p50), of(moment.p80), of(moment.p95)];
  };
}

export function forecastTable(facts: Facts): Table {
  const { p50, p80, p95, calm } = facts.strategy.forecast;
  const row = (name: string, part: string, all: number, without: number) => [
    name,
    part,
    facts.time(all),
    facts.time(without),
  ];
  return tableOf(
    "When it is done",
    ["Percentile", "#Runs that end by then", "With the risks", "Without risk events"],
    [
      row("P50", "50%", p50.instant, calm.p50.instant),
      row("P80", "80%", p80.instant, calm.p80.instant),
      row("P95", "95%", p95.instant, calm.p95.instant),
    ],
  );
}

/** The facts of the drawing of the distribution. */
export function distributionTable(facts: Facts): Table {
  const { histogram, runs } = facts.strategy.forecast;
  let ended = 0;
  return tableOf(
    "Ends of the simulated runs",
    ["From", "To", "#Runs", "#Ended by then"],
    histogram.map(({ from, to, count }) => {
      ended += count;
      const part = runs > 0 ? ended / runs : 0;
      return [
        facts.time(facts.endOf(from)),
        facts.time(facts.endOf(to)),
        String(count),
        percentText(part),
      ];
    }),
  );
}
