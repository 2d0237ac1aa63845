/** A model server that is in trouble for ever: each stage comes to a held run within bounded time, and says why. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Agent } from "../../src/ports/agent.ts";
import { PLANNING } from "../../src/stage/built-in/planning.ts";
import { WAITS } from "../../src/stage/retry.ts";
import { startModelServer } from "../../src/testing/model-server/model-server.ts";
import type { ModelFault } from "../../src/testing/model-server/turn.ts";
import { stageFixture } from "../unit/workflows/stage-fixture.ts";
import { KEY, modelAt } from "./model-agent-fixture.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "wavegate-provider-faults-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The agent in a folder that is there: the fixture's project is not on disk. */
const onDisk = (agent: Agent): Agent => ({
  ...agent,
  run: (request) => {
    const outputFolder = path.join(folder, request.outputFolder);
    mkdirSync(outputFolder, { recursive: true });
    return agent.run({ ...request, cwd: folder, outputFolder });
  },
});

const ROLES = PLANNING.roles.length;
const status = (code: number): ModelFault => ({ kind: "status", status: code });
/** All waits of each role, and its one retry: the first call may stall while the SDK is loaded. */
const waited = ROLES * (WAITS.most + 2);

test.each<[string, ModelFault, string, number]>([
  ["429", status(429), "AGENT_PROVIDER_BUSY", waited],
  ["500", status(500), "AGENT_PROVIDER_BUSY", waited],
  ["529", status(529), "AGENT_PROVIDER_BUSY", waited],
  ["401", status(401), "AGENT_NOT_LOGGED_IN", ROLES * 2],
  ["402", status(402), "AGENT_QUOTA_USED_UP", ROLES * 2],
  // A retry each, and each once more one after the other, since the quorum is lost.
  ["nothing", { kind: "hang" }, "STAGE_QUORUM_NOT_MET", ROLES * 4],
])("a server that answers %s for ever: held", async (_, fault, code, requests) => {
  const server = await startModelServer({ script: () => ({ fault }), keys: [KEY] });
  try {
    const fixture = stageFixture({
      stage: {
        retry: { retries: 1, initialMs: 0, maxMs: 0 },
        timeouts: { ...PLANNING.timeouts, stallMs: 200 },
      },
      agents: [onDisk({ ...modelAt(server.url, "anthropic"), name: "builtin" })],
    });
    const began = Date.now();
    await fixture.start();
    const { status: ended, wait } = await fixture.engine.settled("run-1");
    expect({ ended, info: wait?.info }).toMatchObject({ ended: "failed", info: { code } });
    expect(wait?.kind).toBe("hold");
    expect(server.records.length).toBeLessThanOrEqual(requests);
    expect(Date.now() - began).toBeLessThan(60_000);
    await fixture.engine.close();
  } finally {
    await server.close();
  }
});
