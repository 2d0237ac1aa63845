/** S3's five files, as it names them. */
export const S3_FILES = {
  executionPlan: "execution-plan.json",
  waveSchedules: "wave-schedules.json",
  coordinationProtocols: "coordination-protocols.json",
  riskMitigationPlan: "risk-mitigation-plan.json",
  monitoringConfig: "monitoring-config.json",
} as const;
