import type { ProjectId } from "../adapters/artifacts/project-id.ts";
import type { Engine } from "../ports/engine.ts";

/** The engine, which files nothing under an id that is not kept yet. */
export const keepingId = (engine: Engine, { keep }: ProjectId): Engine => ({
  register: (...workflows) => engine.register(...workflows),
  start: async (run) => {
    await keep();
    return engine.start(run);
  },
  work: async (options) => {
    await keep();
    return engine.work(options);
  },
  claim: (runId) => engine.claim(runId),
  run: (runId) => engine.run(runId),
  input: (runId) => engine.input(runId),
  runs: (filter) => engine.runs(filter),
  events: (...args) => engine.events(...args),
  onProgress: (listener) => engine.onProgress(listener),
  settled: (...args) => engine.settled(...args),
  answer: (request) => engine.answer(request),
  tell: (...args) => engine.tell(...args),
  cancel: (runId) => engine.cancel(runId),
  onOver: (listener) => engine.onOver(listener),
  close: () => engine.close(),
});
