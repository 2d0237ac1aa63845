import {
  brokenStage,
  costLines,
  costOf,
  reasonOf,
  type Back,
  type Broken,
  type Here,
} from "./broken-stage.ts";
import { changedAmong, type Changed } from "./held-files.ts";
import { holdAt, holdingSteps } from "./hold.ts";
import { approvedFiles, BETWEEN, countOf, type PassedStage, type Sequence } from "./sequence.ts";
import type { HeldFile } from "./stage-run.ts";

/**
 * Whether all that the stages so far worked from and made is what it was (S1 §10.1). If not, the run is held and says what
 * that costs: a person puts the files back, or resumes and lets what was built on them be void. Gives where the run goes
 * back to then, or undefined if all holds.
 */
export async function inputsHold(sequence: Sequence, here: Here): Promise<Back | undefined> {
  for (let told = "", by = ""; ;) {
    const changed = await look(sequence, here);
    const broken = brokenStage(sequence.passed, here, changed);
    if (!broken) return undefined;
    // Only what was told to the person who resumed is void; whatever changed since has to be told first.
    const state = JSON.stringify(changed);
    if (told === state) return goBack(sequence, here, { broken, by });
    told = state;
    by = await holdFor(sequence, here, broken);
  }
}

/** Why something that was approved before `document` is not what it was; null where all of it is. Edits of the document itself are for its run to take in. */
export async function changedBefore(
  sequence: Sequence,
  here: Here,
  document: string,
): Promise<string | null> {
  const changed = await look(sequence, here);
  const before = changed.filter(({ path }) => path !== document);
  const broken = brokenStage(sequence.passed, here, before);
  return broken ? reasonOf(broken) : null;
}

/** What is not what it was, of all that the stages so far hold on to. */
function look(sequence: Sequence, here: Here): Promise<readonly Changed[]> {
  const { passed, ports } = sequence;
  const held = new Map<string, HeldFile>();
  const opened = [...passed.map(({ open }) => open), ...(here.open ? [here.open] : [])];
  for (const { input } of opened) for (const file of input.holds) held.set(file.path, file);
  for (const file of passed.flatMap(approvedFiles)) held.set(file.path, file);
  const name = `${BETWEEN}/look/${countOf(sequence, "look")}`;
  return steps(sequence, here).attempt({ name }, () => changedAmong(ports, [...held.values()]));
}

/** What only a person can mend holds the run here, too. */
const steps = ({ ports, steps: plain }: Sequence, { stage }: Here) =>
  holdingSteps(plain, BETWEEN, async (turn, why) => {
    await holdAt({ ports, steps: plain, scope: BETWEEN, stage: stage.name }, turn, why);
  });

/** Say what changed and what that costs, and wait until a person resumes; gives who did. */
async function holdFor(sequence: Sequence, here: Here, broken: Broken): Promise<string> {
  const cost = costOf(sequence, here, broken);
  const calls = cost.runAgain.flatMap(({ roles }) => roles).length;
  const turn = `inputs/${countOf(sequence, "inputs")}`;
  const { ports, steps: plain } = sequence;
  const place = { ports, steps: plain, scope: BETWEEN, stage: here.stage.name };
  const { by, note } = await holdAt(place, turn, {
    code: "STAGE_INPUTS_CHANGED",
    reason: `${reasonOf(broken)}: what was built on it is void.`,
    failures: costLines(cost),
    hint: `Put it back${copyOf(sequence, broken)} to keep what was approved, or leave it and pay that${calls > 0 ? `: ${calls} agents, less what the cache has` : ""}.`,
  });
  if (note !== undefined) sequence.words.push({ by, at: `hold ${turn}`, text: note });
  return by;
}

/** Where the approved text can be read. */
function copyOf({ passed, steps: { runId } }: Sequence, { why, standing, files }: Broken): string {
  const gate = why === "edited" ? passed[standing]?.gate : undefined;
  const shown = gate?.artifacts.find(({ target }) => target === files[0]?.path);
  return gate && shown
    ? ` (\`wavegate logs ${runId} ${gate.folder}/${shown.name}\` prints what was approved)`
    : "";
}

interface Cause {
  readonly broken: Broken;
  /** Who let the run go on. */
  readonly by: string;
}

/** Record what is void, take it out of what was passed, and say where to go on. */
async function goBack(sequence: Sequence, here: Here, cause: Cause): Promise<Back> {
  const { broken, by } = cause;
  const { index, why, standing } = broken;
  const reason = reasonOf(broken);
  const { asksAgain, runAgain } = costOf(sequence, here, broken);
  const key = `${BETWEEN}/voided/${countOf(sequence, "voided")}`;
  const [first, ...others] = sequence.passed.slice(standing);
  const edited = why === "edited" ? first : undefined;
  const edits = edited ? await textsNow(sequence, here, { edited, broken, key }) : {};
  await steps(sequence, here).attempt({ name: `${key}/audit` }, () =>
    recordVoid(sequence, { by, reason, key, passed: first ? [first, ...others] : [] }),
  );
  await sequence.steps.emit(key, {
    type: "stages-voided",
    stage: here.stage.name,
    reason,
    by,
    asksAgain,
    runAgain,
  });
  sequence.passed.splice(standing);
  if (!edited) return { index };
  const shown =
    Object.keys(edits).length > 0 ? "the file as it is now" : "what was approved before";
  const notice = `${reason}. What is shown is ${shown}.`;
  const approved = Object.fromEntries(
    edited.gate.artifacts.map(({ name, digest }) => [name, digest]),
  );
  return { index, again: { open: edited.open, because: { notice, edits, approved } } };
}

/** The edited artifacts as they are now, by name; one that is gone is not among them. */
const textsNow = (
  sequence: Sequence,
  here: Here,
  about: { readonly edited: PassedStage; readonly broken: Broken; readonly key: string },
): Promise<{ readonly [name: string]: string }> =>
  steps(sequence, here).attempt({ name: `${about.key}/texts` }, async () => {
    const paths = new Set(about.broken.files.map(({ path }) => path));
    const texts = await Promise.all(
      about.edited.gate.artifacts
        .filter(({ target }) => paths.has(target))
        .map(async ({ name, target }) => {
          const now = await sequence.ports.files.read(target);
          return now ? [[name, now.content] as const] : [];
        }),
    );
    return Object.fromEntries(texts.flat());
  });

/** One line of the audit log for each approval that does not stand any more. */
async function recordVoid(
  { ports, steps: { runId } }: Sequence,
  about: {
    readonly by: string;
    readonly reason: string;
    readonly key: string;
    readonly passed: readonly PassedStage[];
  },
): Promise<null> {
  const at = new Date(ports.clock.now()).toISOString();
  for (const { stage, open, gate } of about.passed)
    await ports.audit.append({
      id: `${runId}/${about.key}/${open.input.scope}`,
      at,
      actor: about.by,
      action: "voided",
      runId,
      digest: gate.digest,
      details: { stage: stage.name, round: gate.round, reason: about.reason },
    });
  return null;
}
