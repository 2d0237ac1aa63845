/** Hearts that stand still, told by looking and by no clock of others. */
import { expect, test } from "vitest";
import { BeatWatch } from "../../../src/adapters/engine/beat-watch.ts";

test("one whose beat lies ahead stands still when it is the same for long; one that beats, or was not looked at, does not", () => {
  let now = 0;
  const watch = new BeatWatch(8, () => now);
  const look = (at: number, beats: Readonly<Record<string, string>>, behind = "") => {
    now = at;
    return watch.still(
      Object.entries(beats).map(([workerId, beatAt]) => ({
        workerId,
        beatAt,
        ahead: workerId !== behind,
      })),
    );
  };
  for (const at of [0, 2, 4, 6])
    expect(look(at, { hangs: "T", beats: `${at}`, fine: "T" }, "fine")).toEqual([]);
  expect(look(8, { hangs: "T", beats: "8", fine: "T" }, "fine")).toEqual(["hangs"]);
  // Nobody looked: the server was away, and may be back before they are.
  expect(look(20, { hangs: "T", beats: "8" })).toEqual([]);
  for (const at of [22, 24, 26]) expect(look(at, { hangs: "T", beats: `${at}` })).toEqual([]);
  expect(look(28, { hangs: "T", beats: "28" })).toEqual(["hangs"]);
});
