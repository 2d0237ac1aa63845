import { expect, test } from "vitest";
import {
  landsSoon,
  NO_PACE,
  withAttemptMs,
  withLandingMs,
} from "../../../src/execution/landing-pace.ts";

test("results land soon where that takes up to a tenth of an attempt, as measured of late; before anything landed nobody knows", () => {
  const attempts = withAttemptMs(NO_PACE, 10_000);
  expect(landsSoon(NO_PACE)).toBe(false);
  expect(landsSoon(attempts)).toBe(false);
  expect(landsSoon(withLandingMs(attempts, 1_000))).toBe(true);
  expect(landsSoon(withLandingMs(attempts, 1_001))).toBe(false);
  // A clock that was put back makes no landing quicker than at once.
  expect(withLandingMs(attempts, -5).landingMs).toBe(1);
  let pace = withLandingMs(attempts, 20_000);
  for (let times = 0; times < 20; times++) pace = withLandingMs(pace, 100);
  expect(landsSoon(pace)).toBe(true);
});
