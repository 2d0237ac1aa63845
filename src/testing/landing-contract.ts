import { deepEqual, equal, notEqual } from "node:assert/strict";
import type { Gathered, Landing, LandingItem } from "../ports/landing.ts";
import { restoresRun } from "./landing-restored.ts";

/** What the suite needs of a landing: made anew for each test, on an empty repository whose HEAD is on `main`. */
export interface LandingSubject {
  readonly landing: Landing;
  /** Changed files on a parent, null deletes; on no branch. */
  commit(
    parent: string | undefined,
    files: Readonly<Record<string, string | null>>,
  ): Promise<string>;
  textAt(commit: string, path: string): Promise<string>;
  /** By its short name. */
  branch(name: string): Promise<string | undefined>;
  setBranch(name: string, commit: string): Promise<void>;
  close(): Promise<void>;
}

const never = new AbortController().signal;
const RUN = "run-1";
const AT = 1_700_000_000;

type Case = (subject: LandingSubject) => Promise<void>;

interface Ground {
  readonly base: string;
  readonly items: readonly LandingItem[];
}

/** Three tasks from one base: two that fit each other, and one that does not fit the first. */
async function ground(subject: LandingSubject): Promise<Ground> {
  const base = await subject.commit(undefined, { "a.txt": "a\n", "b.txt": "b\n", "c.txt": "c\n" });
  const item = async (task: string, files: Readonly<Record<string, string | null>>) => {
    const work = await subject.commit(base, files);
    return { task, work, base, message: `${task} is done\n` };
  };
  const items = [
    await item("one", { "a.txt": "one\n" }),
    await item("other", { "a.txt": "other\n" }),
    await item("two", { "b.txt": null, "d.txt": "two\n" }),
    await item("again", { "a.txt": "one\n" }),
  ];
  return { base, items };
}

async function gather(
  { landing }: LandingSubject,
  head: string,
  items: readonly LandingItem[],
): Promise<Gathered> {
  const result = await landing.gather({ runId: RUN, head, items, at: AT }, never);
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.message}`);
  return result.value;
}

async function begun(subject: LandingSubject, target: string | null = null) {
  const on = await ground(subject);
  await subject.setBranch("side", on.base);
  const begin = await subject.landing.begin({ runId: RUN, base: on.base, target });
  if (!begin.ok) throw begin.error;
  return { ...on, branches: begin.value };
}

const cases: Readonly<Record<string, Case>> = {
  "what fits is put on in order, one commit each; what does not is left out and told; what is there is no commit":
    async (subject) => {
      const { base, items } = await ground(subject);
      const { head, outcomes } = await gather(subject, base, items);
      deepEqual(
        outcomes.map(({ kind, task }) => [kind, task]),
        [
          ["merged", "one"],
          ["conflict", "other"],
          ["merged", "two"],
          ["nothing", "again"],
        ],
      );
      const [, conflict, two] = outcomes;
      if (conflict?.kind !== "conflict" || two?.kind !== "merged") throw new Error("not as told");
      deepEqual(conflict.paths, ["a.txt"]);
      equal(conflict.sides[0]?.excerpt.includes("other"), true);
      equal(two.commit, head);
      deepEqual(two.changes, [
        { path: "b.txt", before: "100644", after: null, size: null },
        { path: "d.txt", before: null, after: "100644", size: 4 },
      ]);
      equal(await subject.textAt(head, "a.txt"), "one\n");
    },

  "the same request gives the same commits, another date others, and no work the head": async (
    subject,
  ) => {
    const { base, items } = await ground(subject);
    const first = await gather(subject, base, items);
    deepEqual(await gather(subject, base, items), first);
    const later = { runId: RUN, head: base, items, at: AT + 1 };
    const other = await subject.landing.gather(later, never);
    notEqual(other.ok && other.value.head, first.head);
    deepEqual(await gather(subject, base, []), { head: base, outcomes: [] });
  },

  "what is no commit, and what was canceled, is a failure": async (subject) => {
    const { base, items } = await ground(subject);
    const head = "f".repeat(base.length);
    const missing = await subject.landing.gather({ runId: RUN, head, items, at: AT }, never);
    equal(!missing.ok && missing.error.kind, "unknown-commit");
    const request = { runId: RUN, head: base, items, at: AT };
    const ended = await subject.landing.gather(request, AbortSignal.abort());
    equal(!ended.ok && ended.error.kind, "canceled");
  },

  "the head moves from where it is, and again is the same; branches follow unless somebody moved them":
    async (subject) => {
      const { base, items, branches } = await begun(subject, "side");
      const names = ["refs/heads/wavegate/run-1", "refs/heads/side"];
      deepEqual(
        branches,
        names.map((name) => ({ name, at: base, lags: null })),
      );
      const { head } = await gather(subject, base, items);
      const move = { runId: RUN, from: base, to: head, branches };
      const moved = await subject.landing.advance(move);
      deepEqual(
        moved.ok && moved.value,
        names.map((name) => ({ name, at: head, lags: null })),
      );
      deepEqual(await subject.landing.advance(move), moved);
      equal(await subject.branch("wavegate/run-1"), head);
      equal(await subject.branch("side"), head);

      const elsewhere = await subject.commit(base, { e: "e\n" });
      await subject.setBranch("side", elsewhere);
      const [, , two = items[0]] = items;
      if (!two || !moved.ok) throw new Error("no more work");
      const work = await subject.commit(base, { "c.txt": "three\n" });
      const more = await gather(subject, head, [{ ...two, task: "three", work }]);
      const next = { runId: RUN, from: head, to: more.head, branches: moved.value };
      const after = await subject.landing.advance(next);
      deepEqual(after.ok && after.value.map(({ at, lags }) => [at, lags !== null]), [
        [more.head, false],
        [head, true],
      ]);
      equal(await subject.branch("side"), elsewhere);
      // It does not lead to where the run put the branch: what they took back is not brought in again.
      equal(after.ok && after.value[1]?.theirs, undefined);
      const late = await subject.landing.advance({ ...move, to: head });
      deepEqual(!late.ok && [late.error.kind, late.error.at], ["head-moved", more.head]);
      const found = { runId: RUN, from: more.head, to: more.head, branches };
      const told = await subject.landing.advance(found);
      deepEqual(told.ok && told.value[0], { name: names[0], at: more.head, lags: null });
    },

  "commits of others on a branch that follows are taken in with their history, and it goes on from there":
    async (subject) => {
      const { landing } = subject;
      const { base, items, branches } = await begun(subject, "side");
      const { head } = await gather(subject, base, items);
      const theirs = await subject.commit(base, { "e.txt": "e\n" });
      await subject.setBranch("side", theirs);
      const moved = await landing.advance({ runId: RUN, from: base, to: head, branches });
      if (!moved.ok) throw new Error(moved.error.message);
      deepEqual(
        moved.value.map((branch) => branch.theirs),
        [undefined, theirs],
      );
      const item = { task: "side", work: theirs, base, message: "Merge side\n", joins: true };
      const joined = await gather(subject, head, [item]);
      notEqual(joined.head, head);
      equal(await subject.textAt(joined.head, "e.txt"), "e\n");
      equal(await subject.textAt(joined.head, "d.txt"), "two\n");
      const after = await landing.advance({
        runId: RUN,
        from: head,
        to: joined.head,
        branches: moved.value.map(({ name, at, ...each }) => ({
          name,
          at: each.theirs ?? at,
          lags: null,
        })),
      });
      deepEqual(after.ok && after.value.map(({ lags }) => lags), [null, null]);
      equal(await subject.branch("side"), joined.head);
      // Nothing of it is there to be changed, and it is a merge all the same.
      const same = await subject.commit(joined.head, {});
      const again = await gather(subject, joined.head, [
        { ...item, work: same, base: joined.head },
      ]);
      notEqual(again.head, joined.head);
    },
  "a repository that the run left for another one is taken to where it is": restoresRun,

  "a run does not begin with a target that is apart from it; a missing one is made": async (
    subject,
  ) => {
    const { base } = await ground(subject);
    await subject.setBranch("apart", await subject.commit(base, { e: "e\n" }));
    const asked = await subject.landing.mayFollow({ base, target: "apart" });
    equal(!asked.ok && asked.error.code, "BRANCH_DIVERGED");
    const apart = await subject.landing.begin({ runId: RUN, base, target: "apart" });
    equal(!apart.ok && apart.error.code, "BRANCH_DIVERGED");
    equal(await subject.branch("wavegate/run-1"), undefined);
    const missing = await subject.landing.mayFollow({ base, target: "made" });
    deepEqual(missing, { ok: true, value: { at: null } });
    equal(await subject.branch("made"), undefined);
    const made = await subject.landing.begin({ runId: RUN, base, target: "made" });
    equal(made.ok, true);
    equal(await subject.branch("made"), base);
    const there = await subject.landing.mayFollow({ base, target: "made" });
    deepEqual(there, { ok: true, value: { at: base } });
    deepEqual(await subject.landing.begin({ runId: RUN, base, target: "made" }), made);
  },

  "a person brings it over: forward only, once, up to a point or all of it": async (subject) => {
    const { base, items, branches } = await begun(subject);
    const { landing } = subject;
    const none = await landing.landOnto({ runId: "run-2", onto: "side" });
    equal(!none.ok && none.error.code, "LANDING_MISSING");
    const missing = await landing.landOnto({ runId: RUN, onto: "nowhere" });
    equal(!missing.ok && missing.error.code, "BRANCH_MISSING");
    const { head, outcomes } = await gather(subject, base, items);
    await landing.advance({ runId: RUN, from: base, to: head, branches });
    const [first] = outcomes;
    const commit = first?.kind === "merged" ? first.commit : "";
    equal((await landing.keepPoint({ runId: RUN, name: "p", commit })).ok, true);
    const branch = "refs/heads/side";
    deepEqual(await landing.landOnto({ runId: RUN, onto: "side", point: "p" }), {
      ok: true,
      value: { branch, from: base, to: commit, commits: 1, tree: null },
    });
    const rest = { branch, from: commit, to: head, commits: 1, tree: null };
    deepEqual(await landing.landOnto({ runId: RUN, onto: "side" }), { ok: true, value: rest });
    const there = { ...rest, from: head, commits: 0 };
    deepEqual(await landing.landOnto({ runId: RUN, onto: "side" }), { ok: true, value: there });
    await subject.setBranch("side", await subject.commit(base, { e: "e\n" }));
    const apart = await landing.landOnto({ runId: RUN, onto: "side" });
    equal(!apart.ok && apart.error.code, "BRANCH_DIVERGED");
  },
};

/** Registers one test per case; an implementation of `Landing` passes them all. */
export function landingContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: () => Promise<LandingSubject>,
): void {
  for (const [name, body] of Object.entries(cases))
    test(name, async () => {
      const subject = await open();
      try {
        await body(subject);
      } finally {
        await subject.close();
      }
    });
}
