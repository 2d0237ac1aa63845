/** Points of a run that one can go back to, kept by a ref that nothing moves and landed up to; and a head that is not where the run knows it. */
import { afterAll, expect, test } from "vitest";
import { landingFixture } from "./landing-fixture.ts";
import { put } from "./workspace-fixture.ts";

const fixture = landingFixture();
afterAll(fixture.remove);

test("a point is kept once, survives what comes after it, and can be landed alone", async () => {
  const { git, landing } = fixture;
  const base = fixture.commit({ "a.txt": "1\n" });
  git("branch", "release");
  const begun = await landing.begin({ runId: "run-1", base, target: null });
  if (!begun.ok) throw begun.error;
  const one = fixture.work("one", base, (clone) => put(clone, { "one.txt": "1\n" }));
  const two = fixture.work("two", base, (clone) => put(clone, { "two.txt": "2\n" }));
  const first = await fixture.gather(base, one);
  const second = await fixture.gather(first.head, two);
  await fixture.untouched(async () => {
    const move = (from: string, to: string) =>
      landing.advance({ runId: "run-1", from, to, branches: begun.value });
    expect((await move(base, first.head)).ok).toBe(true);
    const point = { runId: "run-1", name: "checkpoint_001", commit: first.head };
    const ref = "refs/wavegate/landing/run-1/points/checkpoint_001";
    expect(await landing.keepPoint(point)).toEqual({ ok: true, value: { ref } });
    expect((await move(first.head, second.head)).ok).toBe(true);
    // again, as after a kill
    expect(await landing.keepPoint(point)).toEqual({ ok: true, value: { ref } });
    expect(await landing.keepPoint({ ...point, commit: second.head })).toMatchObject({
      error: { kind: "head-moved" },
    });
    expect(git("rev-parse", ref)).toBe(first.head);
    const never = { ...point, name: "other", commit: two.work };
    expect(await landing.keepPoint(never)).toMatchObject({ error: { kind: "unknown-commit" } });
    expect(
      await landing.landOnto({ runId: "run-1", onto: "release", point: "none" }),
    ).toMatchObject({ error: { code: "LANDING_MISSING", hint: "Its points: checkpoint_001." } });
  });
  const landed = await landing.landOnto({
    runId: "run-1",
    onto: "release",
    point: "checkpoint_001",
  });
  expect(landed).toMatchObject({ value: { to: first.head, commits: 1 } });
  expect(git("ls-tree", "--name-only", "release").split("\n")).toEqual(["a.txt", "one.txt"]);
});

test("a head that is missing goes where the run is, and one that is apart from it, with what it held kept", async () => {
  const { git, landing } = fixture;
  const runId = "run-2";
  const base = git("rev-parse", "HEAD");
  const begun = await landing.begin({ runId, base, target: null });
  if (!begun.ok) throw begun.error;
  const one = await fixture.gather(base, fixture.put("a", base, { "one.txt": "1\n" }));
  const two = await fixture.gather(one.head, fixture.put("b", base, { "two.txt": "2\n" }));
  const lost = await fixture.gather(base, fixture.put("c", base, { "lost.txt": "3\n" }));
  const head = `refs/wavegate/landing/${runId}/head`;
  const own = `refs/heads/wavegate/${runId}`;
  await fixture.untouched(async () => {
    git("update-ref", "-d", head);
    const first = { runId, from: base, to: one.head, branches: begun.value };
    expect(await landing.advance(first)).toMatchObject({ value: [{ at: one.head, lags: null }] });
    for (const ref of [head, own]) git("update-ref", ref, lost.head);
    const second = { ...first, from: one.head, to: two.head };
    expect(await landing.advance(second)).toMatchObject({ value: [{ at: two.head, lags: null }] });
    for (const ref of [head, own]) expect(git("rev-parse", ref)).toBe(two.head);
    const kept = git("for-each-ref", "--format=%(objectname)", `refs/wavegate/rescue/${runId}`);
    expect(kept).toBe(lost.head);
    expect(await landing.advance(first)).toMatchObject({
      error: { kind: "head-moved", at: two.head },
    });
  });
});
