import { deepEqual, equal } from "node:assert/strict";
import type { CommitRow, SharedStore } from "../ports/shared-store.ts";

/** What the suite needs of a store that machines share: made anew for each test, empty. */
export interface SharedStoreSubject {
  /** Two machines of one project, and one of another. */
  readonly machines: readonly [SharedStore, SharedStore];
  readonly other: SharedStore;
  close(): Promise<void>;
}

const CONTENT = Uint8Array.from({ length: 10_000 }, (_none, at) => at % 251);
const about = { digest: "d".repeat(64), bytes: CONTENT.length };
const range = async (from: number, to: number) => CONTENT.subarray(from, to);
const row: CommitRow = {
  ...about,
  runId: "run-1",
  commit: "c".repeat(40),
  needs: "b".repeat(40),
  depth: 3,
  needsDepth: 1,
};

async function takenFrom(store: SharedStore): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  const found = await store.take(about.digest, async (part) => void parts.push(part));
  return found ? new Uint8Array(parts.flatMap((part) => [...part])) : undefined;
}

const cases = {
  "what one machine keeps another one takes, byte for byte, and no other project": async ({
    machines: [one, two],
    other,
  }: SharedStoreSubject) => {
    equal(await takenFrom(one), undefined);
    await one.keep(about, range);
    deepEqual(await takenFrom(two), CONTENT);
    equal(await takenFrom(other), undefined);
    await two.keep(about, () => Promise.reject(new Error("it was read again")));
  },

  "content that was kept in part only is not there, and can be kept": async ({
    machines: [one, two],
  }: SharedStoreSubject) => {
    let reads = 0;
    const broken = one.keep(about, async (from, to) => {
      reads += 1;
      if (from === 0) throw new Error("killed");
      return range(from, to);
    });
    await broken.then(
      () => Promise.reject(new Error("it was kept")),
      () => undefined,
    );
    equal(reads > 0, true);
    equal(await takenFrom(two), undefined);
    await two.keep(about, range);
    deepEqual(await takenFrom(one), CONTENT);
  },

  "the first to say how a commit is kept counts": async ({
    machines: [one, two],
    other,
  }: SharedStoreSubject) => {
    equal(await one.findCommit(row.commit), undefined);
    await one.addCommit(row);
    await two.addCommit({ ...row, depth: 9 });
    deepEqual(await two.findCommit(row.commit), row);
    equal(await other.findCommit(row.commit), undefined);
  },

  "a name stays on the commit that had it first": async ({
    machines: [one, two],
  }: SharedStoreSubject) => {
    const name = { runId: "run-1", name: "point/p" };
    equal(await one.namedCommit("run-1", "point/p"), undefined);
    await one.nameCommit({ ...name, commit: "a" });
    await two.nameCommit({ ...name, commit: "b" });
    equal(await two.namedCommit("run-1", "point/p"), "a");
    equal(await one.namedCommit("run-2", "point/p"), undefined);
  },
};

/** Registers one test per case; an implementation of `SharedStore` passes them all. */
export function sharedStoreContract(
  test: (name: string, body: () => Promise<void>) => void,
  open: () => Promise<SharedStoreSubject>,
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
