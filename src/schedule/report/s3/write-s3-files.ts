import type { z } from "zod";
import type { Writing } from "../writing.ts";
import { coordinationProtocols } from "./coordination-protocols-schema.ts";
import { executionPlan } from "./execution-plan-schema.ts";
import { S3_FILES } from "./files.ts";
import { monitoringConfig } from "./monitoring-config-schema.ts";
import { riskMitigationPlan } from "./risk-mitigation-plan-schema.ts";
import { waveSchedules } from "./wave-schedules-schema.ts";
import { writeCoordinationProtocols } from "./write-coordination-protocols.ts";
import { writeExecutionPlan } from "./write-execution-plan.ts";
import { writeMonitoringConfig } from "./write-monitoring-config.ts";
import { writeRiskMitigationPlan } from "./write-risk-mitigation-plan.ts";
import { writeWaveSchedules } from "./write-wave-schedules.ts";

/** The schema of each of S3's five files, by the name of the file. Published as `schemas/<name>.schema.json`. */
export const S3_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  [S3_FILES.executionPlan]: executionPlan,
  [S3_FILES.waveSchedules]: waveSchedules,
  [S3_FILES.coordinationProtocols]: coordinationProtocols,
  [S3_FILES.riskMitigationPlan]: riskMitigationPlan,
  [S3_FILES.monitoringConfig]: monitoringConfig,
};

/** S3's five files (MISSION WV-11), each as its schema says; names to contents. */
export const writeS3Files = (writing: Writing): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    [S3_FILES.executionPlan, writeExecutionPlan(writing)],
    [S3_FILES.waveSchedules, writeWaveSchedules(writing)],
    [S3_FILES.coordinationProtocols, writeCoordinationProtocols(writing)],
    [S3_FILES.riskMitigationPlan, writeRiskMitigationPlan(writing)],
    [S3_FILES.monitoringConfig, writeMonitoringConfig(writing)],
  ]);
