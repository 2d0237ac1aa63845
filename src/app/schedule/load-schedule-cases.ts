import type { ScheduleCases } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";

/** The use cases about schedules, loaded when one is asked for: they are a fifth of all modules, and most commands need none. */
export function loadScheduleCases(ports: SchedulePorts): ScheduleCases {
  let loaded: Promise<ScheduleCases> | undefined;
  const cases = () =>
    (loaded ??= import("./create-schedule-cases.ts").then(({ createScheduleCases }) =>
      createScheduleCases(ports),
    ));
  return {
    schedule: async (...wish) => (await cases()).schedule(...wish),
    whatIf: async (...wish) => (await cases()).whatIf(...wish),
    replan: async (...wish) => (await cases()).replan(...wish),
    risks: async (...wish) => (await cases()).risks(...wish),
    strategy: async (...wish) => (await cases()).strategy(...wish),
    validate: async (wish) => (await cases()).validate(wish),
    corrected: async (wish) => (await cases()).corrected(wish),
    converted: async (wish) => (await cases()).converted(wish),
  };
}
