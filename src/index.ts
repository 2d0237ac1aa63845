/** Wavegate as a library: the same use cases as the command line. Everything exported here is kept stable. */
export { openApp, type OpenAppOptions } from "./bootstrap/open-app.ts";
export type { InitReport, InitRequest } from "./app/init-project.ts";
export type { RunCall } from "./app/run-calls.ts";
export type { CallReason, ChangedPart } from "./app/why-answered.ts";
export type { CacheNote, CacheReason, EarlierAnswer, KeyParts } from "./core/cache-note.ts";
export type {
  App,
  CheckReport,
  DecideRequest,
  LogFile,
  ProposedArtifact,
  RunView,
  StageRequest,
} from "./app/app.ts";
export { defineConfig, type ConfigInput as Config } from "./stage/config/define-config.ts";
export { WavegateError, type ErrorCode } from "./core/error.ts";
export type { Diagnostic, Severity } from "./core/diagnostic.ts";
export type { Progress, RecordedEvent, RunEvent, Usage } from "./core/event.ts";
export type { Json } from "./core/json.ts";
export type { FilePlace, Place } from "./core/place.ts";
export type { Resources } from "./core/resources.ts";
export type { Result } from "./core/result.ts";
export type {
  Agent,
  AgentAnswer,
  AgentDescription,
  AgentFailure,
  AgentLimits,
  AgentOutcome,
  AgentRequest,
} from "./ports/agent.ts";
export type { RunRecord, RunStatus } from "./ports/engine.ts";
export type { HealthCheck } from "./ports/health.ts";
export { checkSpec } from "./spec/check-spec.ts";
export type * from "./spec/model.ts";
export { parseSpec } from "./spec/parse-spec.ts";
export { CONTRACTS, type ContractName } from "./stage/contracts.ts";
export type { Decision, GateFigures, GateInfo, HoldInfo, Proposed } from "./stage/records.ts";
export type * from "./stage/stage-spec.ts";
