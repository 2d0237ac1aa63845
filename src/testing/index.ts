/** For tests of agents, engines and stages: puppets, memory adapters, and the contract suites that adapters pass. */
export { agentContract } from "./agent-contract.ts";
export type { AgentSubject, TestApi } from "./agent-contract/subject.ts";
export { answerCacheContract, type CacheSubject } from "./answer-cache-contract.ts";
export { claimsContract, type ClaimsSubject } from "./claims-contract.ts";
export { engineContract } from "./engine-contract.ts";
export { landingContract, type LandingSubject } from "./landing-contract.ts";
export { ledgersContract, type LedgersSubject } from "./ledgers-contract.ts";
export { createMemoryCache, type MemoryCache } from "./memory-cache.ts";
export { createMemoryEngine, createMemoryStore, type MemoryEngine } from "./memory-engine.ts";
export { createMemoryClaims } from "./memory-engine/memory-claims.ts";
export { createMemoryLanding } from "./memory-landing.ts";
export { createMemoryRepository, type MemoryRepository } from "./memory-repository.ts";
export { createMemoryLedgers, type MemoryLedgers } from "./memory-ledgers.ts";
export { createMemoryPlanFiles } from "./memory-plan-files.ts";
export { createMemorySharedStore, type MemorySharedStore } from "./memory-shared-store.ts";
export { createMemoryVerifier, type CheckScript, type MemoryVerifier } from "./memory-verifier.ts";
export { planFilesContract, type PlanFilesSubject } from "./plan-files-contract.ts";
export { sharedStoreContract, type SharedStoreSubject } from "./shared-store-contract.ts";
export { createMemoryFiles, type MemoryFiles } from "./memory-files.ts";
export {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from "./model-server/model-server.ts";
export type {
  ModelApi,
  ModelMessage,
  ModelRequest,
  ModelTool,
} from "./model-server/model-request.ts";
export type { ModelRecord } from "./model-server/model-record.ts";
export type { StagePrompt } from "./model-server/read-prompt.ts";
export { answersOf, stageScript, type StageScript } from "./model-server/stage-script.ts";
export { runCommandCall, writeFileCall } from "./model-server/tool-calls.ts";
export type { ModelCall, ModelFault, ModelScript, ModelUsage, Turn } from "./model-server/turn.ts";
export { autoPuppet, PuppetAgent, type Invocation } from "./puppet-agent.ts";
export {
  puppetCoderCommand,
  type PuppetFault,
  type PuppetPart,
  type PuppetScript,
  type PuppetStep,
} from "./puppet-coder/puppet-coder.ts";
export { goodAnswer, roleOfPrompt, SMALL_SPEC } from "./small-planning.ts";
export {
  scriptedCommand,
  type ScriptStep,
  type SpawnStep,
} from "./scripted-agent/scripted-agent.ts";
