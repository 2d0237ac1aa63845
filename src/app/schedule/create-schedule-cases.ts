import { factsOf } from "../../schedule/report/facts.ts";
import { strategyDocument } from "../../schedule/report/markdown/strategy-document.ts";
import { writeS3Files } from "../../schedule/report/s3/write-s3-files.ts";
import { convertedProject } from "./convert-activities.ts";
import { openSchedulable } from "./open-schedulable.ts";
import { answerOf, planAhead } from "./plan-ahead.ts";
import { answerReplan } from "./replan-case.ts";
import type { ScheduleCases } from "./schedule-cases.ts";
import type { SchedulePorts } from "./schedule-ports.ts";
import { correctedFile, validateFile } from "./validate-file.ts";
import { answerWhatIf } from "./what-if-case.ts";
import { writeOutputs, writingOf } from "./write-outputs.ts";

/** How often it is scheduled anew for what shortens it most, where that is a part of something larger. */
const TRIES = 12;

/** The use cases about schedules, over ports (S3). */
export function createScheduleCases(ports: SchedulePorts): ScheduleCases {
  return {
    async schedule(wish, listening = {}) {
      const writes = wish.output !== undefined || wish.html !== undefined;
      const depth = { prices: writes, tries: writes ? TRIES : 0 };
      const ahead = await planAhead(ports, wish, listening, depth);
      const writing = writingOf(ports, ahead.of.source.file, ahead.strategy);
      const written = await writeOutputs(ports, wish, writing);
      return { ...answerOf(ahead), written };
    },
    whatIf: (wish, listening = {}) => answerWhatIf(ports, wish, listening),
    replan: (wish, listening = {}) => answerReplan(ports, wish, listening),
    async risks(wish, listening = {}) {
      const { of, strategy } = await planAhead(ports, wish, listening, NOT_PRICED);
      const { risks: register, dayMinutes } = strategy;
      return { plan: of.source, staffing: of.staffing, dayMinutes, register };
    },
    async strategy(wish, listening = {}) {
      const depth = { prices: true, tries: TRIES };
      const { of, strategy } = await planAhead(ports, wish, listening, depth);
      const writing = writingOf(ports, of.source.file, strategy);
      return {
        document: strategyDocument(factsOf(writing)),
        files: Object.fromEntries(writeS3Files(writing)),
      };
    },
    validate: (wish) => validateFile(ports, wish),
    corrected: (wish) => correctedFile(ports, wish),
    converted: async (wish) =>
      convertedProject((await openSchedulable(ports, { ...wish, asWritten: true })).project),
  };
}

const NOT_PRICED = { prices: false, tries: 0 } as const;
