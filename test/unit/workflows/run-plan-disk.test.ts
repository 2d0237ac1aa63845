/** A disk without room while plans are carried out, where it is not for the work of a task. */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import type { SessionEvent } from "../../../src/core/session-event.ts";
import { eventsOf, planWorld, started, type World } from "./plan-world.ts";

const FILE = "docs/plans/core.md";
const PLAN = `# Implementation Plan: Core

## Phase 1: Some

- [ ] 1.1 A
- [ ] 1.2 B

## Phase 2: More

- [ ] 2.1 C
`;

/** Files of the run that there is room for. */
function worldWithRoomFor(isRoom: (path: string) => boolean): World {
  const world = planWorld({ plans: { [FILE]: PLAN } });
  const { artifacts } = world.ports;
  const onDisk: typeof artifacts = {
    ...artifacts,
    async writeRunFile(runId, path, content) {
      if (isRoom(path)) return artifacts.writeRunFile(runId, path, content);
      throw new WavegateError("DISK_FULL", "No space left.", { hint: "Free some." });
    },
  };
  Object.assign(world.ports, { artifacts: onDisk });
  return world;
}

test("no room for what only other tools read: the run goes on", async () => {
  const world = worldWithRoomFor((path) => !path.startsWith("state/"));
  const engine = await started(world);
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
});

test("no room for a checkpoint: the run is held, also at its end, and each is kept once, in order", async () => {
  let room = "none";
  const world = worldWithRoomFor(
    (path) => !path.startsWith("checkpoints/") || path.includes(room) || room === "all",
  );
  const engine = await started(world);
  const held = {
    status: "failed",
    wait: { kind: "hold", info: { code: "DISK_FULL", hint: expect.stringContaining("resume") } },
  };
  const resume = (key: string) =>
    engine.tell("run-1", { key, value: { kind: "resume", by: "ann" } });
  expect(await engine.settled("run-1")).toMatchObject(held);
  room = "checkpoint_001";
  await resume("first");
  expect(await engine.settled("run-1")).toMatchObject(held);
  const tasks = world.requests.length;
  room = "all";
  await resume("second");
  expect(await engine.settled("run-1")).toMatchObject({ status: "completed", output: { done: 3 } });
  expect([tasks, world.requests.length]).toEqual([3, 3]);
  const kept = (await eventsOf(engine)).filter(
    (event): event is Extract<SessionEvent, { readonly type: "checkpoint-taken" }> =>
      event.type === "checkpoint-taken",
  );
  expect(kept.map(({ checkpoint, done }) => `${checkpoint} ${done}`)).toEqual([
    "checkpoint_001 2",
    "checkpoint_002 3",
    "checkpoint_003 3",
  ]);
});
