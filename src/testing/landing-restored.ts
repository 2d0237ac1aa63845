import { deepEqual, equal } from "node:assert/strict";
import type { LandingSubject } from "./landing-contract.ts";

/** A repository that a run left for another one is taken to where the run is, forward only. */
export async function restoresRun(subject: LandingSubject): Promise<void> {
  const { landing } = subject;
  const base = await subject.commit(undefined, { "a.txt": "a\n" });
  const commit = await subject.commit(base, { "b.txt": "b\n" });
  const head = await subject.commit(commit, { "c.txt": "c\n" });
  await subject.setBranch("side", base);
  const points = [{ name: "p", commit }];
  const restored = { ok: true, value: undefined };
  deepEqual(await landing.restore({ runId: "run-3", head: commit, points }), restored);
  equal(await subject.branch("wavegate/run-3"), commit);
  deepEqual(await landing.restore({ runId: "run-3", head, branches: [] }), restored);
  equal(await subject.branch("wavegate/run-3"), commit);
  deepEqual(await landing.restore({ runId: "run-3", head: base }), restored);
  const late = await landing.advance({ runId: "run-3", from: base, to: commit, branches: [] });
  deepEqual(!late.ok && [late.error.kind, late.error.at], ["head-moved", head]);
  const up = await landing.landOnto({ runId: "run-3", onto: "side", point: "p" });
  equal(up.ok && up.value.to, commit);
  const all = await landing.landOnto({ runId: "run-3", onto: "side" });
  equal(all.ok && all.value.to, head);

  const lost = await subject.commit(base, { "a.txt": "lost\n" });
  deepEqual(await landing.restore({ runId: "run-5", head: lost }), restored);
  deepEqual(await landing.restore({ runId: "run-5", head: commit }), restored);
  equal(await subject.branch("wavegate/run-5"), commit);
  await landing.restore({ runId: "run-6", head: lost });
  const own = [{ name: "refs/heads/wavegate/run-6", at: commit, lags: null }];
  const on = await landing.advance({ runId: "run-6", from: commit, to: head, branches: own });
  deepEqual(on, { ok: true, value: [{ ...own[0], at: head }] });
  equal(await subject.branch("wavegate/run-6"), head);

  const elsewhere = await subject.commit(base, { e: "e\n" });
  await subject.setBranch("wavegate/run-4", elsewhere);
  await subject.setBranch("follows", base);
  const moved = [
    { name: "refs/heads/wavegate/run-4", at: head, lags: null },
    { name: "refs/heads/follows", at: head, lags: null },
  ];
  await landing.restore({ runId: "run-4", head, branches: moved });
  equal(await subject.branch("wavegate/run-4"), elsewhere);
  equal(await subject.branch("follows"), head);
}
