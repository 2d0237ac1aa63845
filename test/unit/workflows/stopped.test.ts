/** What only a person can mend holds the run wherever it is met; resumed, it goes on as if nothing had been. */
import { expect, test } from "vitest";
import { WavegateError } from "../../../src/core/error.ts";
import { eventsOf, gateOf, stageFixture, answerGate } from "./stage-fixture.ts";

const ROLES = [
  "requirements",
  "architecture",
  "risk",
  "estimation",
  "reviewer",
  "synthesizer",
  "qa",
] as const;

const full = () => new WavegateError("DISK_FULL", "No space left.", { hint: "Free some space." });

/** The fixture with a disk that has no space for the first writes of these files. */
function onFullDisk(matches: (path: string) => boolean, times: number) {
  const fixture = stageFixture();
  const { artifacts } = fixture.memory;
  const write = artifacts.writeRunFile.bind(artifacts);
  let left = times;
  Object.assign(artifacts, {
    writeRunFile: async (...args: Parameters<typeof write>) => {
      if (matches(args[1]) && left > 0) {
        left -= 1;
        throw full();
      }
      return write(...args);
    },
  });
  return fixture;
}

test.each([
  ["all specialists' prompts", (path: string) => path.endsWith("prompt.md"), 4],
  ["the proposal", (path: string) => path.startsWith("proposal/"), 1],
] as const)(
  "no space for %s: held with the reason, resumed to the gate",
  async (_, matches, times) => {
    const { engine, start, requests } = onFullDisk(matches, times);
    await start();
    const { status, wait } = await engine.settled("run-1");
    expect({ status, info: wait?.info }).toMatchObject({
      status: "failed",
      info: {
        code: "DISK_FULL",
        reason: "No space left.",
        failures: [],
        hint: "Free some space. Then run: wavegate resume run-1",
      },
    });
    await engine.answer({
      runId: "run-1",
      wait: wait?.name ?? "",
      token: wait?.token ?? "",
      value: { by: "ann" },
    });
    const gate = await gateOf(engine, wait?.name);
    expect(gate.figures.partial).toEqual([]);
    // Nobody who had answered is asked again.
    const asked = requests.map(({ role }) => role).toSorted();
    expect(asked).toEqual([...ROLES].toSorted());
    await answerGate(engine, gate, { kind: "approve" });
    expect(await engine.settled("run-1", { afterWait: "planning/gate/1" })).toMatchObject({
      status: "completed",
    });
    expect(await eventsOf(engine)).toContainEqual({
      type: "stage-resumed",
      stage: "planning",
      by: "ann",
    });
  },
);

test("what is no fault of the world still ends the run", async () => {
  const { engine, start, memory } = stageFixture();
  Object.assign(memory.artifacts, {
    put: async () => {
      throw new TypeError("a fault of ours");
    },
  });
  await start();
  expect(await engine.settled("run-1")).toMatchObject({
    status: "failed",
    error: "a fault of ours",
  });
});

test("no space for the copy of an answer costs the copy, not the answer", async () => {
  const { engine, start, requests } = onFullDisk((path) => path.endsWith("answer.json"), 99);
  await start();
  await gateOf(engine);
  expect(requests).toHaveLength(7);
});
