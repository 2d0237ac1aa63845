import { WavegateError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";
import { err, ok, type Result } from "../core/result.ts";
import { oneLine } from "../core/text.ts";
import { adaptByRules } from "../stage/adapt-stage.ts";
import { answerSchema } from "../stage/answer.ts";
import type { Source } from "../stage/config/effective-config.ts";
import { buildPrompt } from "../stage/prompts.ts";
import type { RoleSpec, StageSpec } from "../stage/stage-spec.ts";
import { directionsFor, type StageInput } from "../workflows/stage-run.ts";
import type { AppPorts, Settings } from "./app-ports.ts";
import { adaptingOf } from "./start-run.ts";
import { lookAtStage } from "./take-down-stage.ts";

/** Whose prompt it is and where it comes from. */
export interface PromptEntry {
  readonly stage: string;
  /** As files and commands name it: `risk`, `reviewer`. */
  readonly role: string;
  readonly title: string;
  readonly agent: string;
  /** What the role is told to do, with its placeholders. */
  readonly task: string;
  readonly source: Source;
  /** The file of the project that holds it, or would. */
  readonly file: string;
}

/** What a role is told, whole. */
export interface ShownPrompt extends PromptEntry {
  readonly prompt: string;
  /** Inputs that only a run makes: each stands for what it will be. */
  readonly notYet: readonly string[];
}

/** What became of the file of one prompt. */
export interface EjectedPrompt {
  readonly file: string;
  readonly outcome: "written" | "already there" | "set in the configuration";
}

type Lead = "reviewer" | "synthesizer" | "qa";

interface Player {
  readonly key: string;
  readonly role: RoleSpec;
  readonly lead?: Lead;
}

const playersOf = (stage: StageSpec): readonly Player[] => [
  ...stage.roles.map((role) => ({ key: role.name, role })),
  ...(["reviewer", "synthesizer", "qa"] as const).map((lead) => ({
    key: lead,
    role: stage[lead],
    lead,
  })),
];

/** The prompts of all stages, built-in ones and the configuration's. */
export async function listPrompts(
  ports: Pick<AppPorts, "settings">,
): Promise<Result<readonly PromptEntry[], WavegateError>> {
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const stages = settings.value.stageNames.map((name) => settings.value.stage(name, {}));
  return ok(
    stages.flatMap((stage) =>
      playersOf(stage).map((player) => entryOf(settings.value, stage, player)),
    ),
  );
}

function entryOf(
  { promptPlaces, promptFolder, written, locate }: Settings,
  { name: stage }: StageSpec,
  { key, role, lead }: Player,
): PromptEntry {
  const place = promptPlaces[`${stage}/${key}`];
  const path = ["stages", stage, ...(lead ? [] : ["roles"]), key];
  const set = ["prompt", "prompt-file"].find((one) => isSet(written, [...path, one]));
  const source: Source =
    place !== undefined
      ? { kind: "file", place: { file: place } }
      : set === undefined
        ? { kind: "default" }
        : { kind: "file", place: locate([...path, set], "value") };
  return {
    stage,
    role: key,
    title: role.title,
    agent: role.agent,
    task: role.prompt,
    source,
    file: `${promptFolder}/${stage}/${key}.md`,
  };
}

const isSet = (root: unknown, path: readonly string[]): boolean =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? Reflect.get(value, step)
        : undefined,
    root,
  ) !== undefined;

/**
 * Exactly what a role is told: without a specification its task and what stands around it, with one what a run would send now.
 * Nothing is asked, started or written.
 */
export async function showPrompt(
  ports: AppPorts,
  { role: name, spec }: { readonly role: string; readonly spec?: string },
): Promise<Result<ShownPrompt, WavegateError>> {
  const listed = await listPrompts(ports);
  if (!listed.ok) return listed;
  const chosen = namedRole(listed.value, name);
  if (!chosen.ok) return chosen;
  const entry = chosen.value;
  const settings = await ports.settings();
  if (!settings.ok) return settings;
  const stage = settings.value.stage(entry.stage, {});
  const input = spec === undefined ? undefined : await inputNow(ports, settings.value, stage, spec);
  const adapted = input?.stage ?? stage;
  const player = playersOf(adapted).find(({ key }) => key === entry.role);
  if (!player) throw new Error(`stage ${entry.stage} has lost its role ${entry.role}`);
  const later = input ? laterInputs(adapted, player) : {};
  const prompt = buildPrompt({
    stage: entry.stage,
    feature: input?.feature ?? "{feature}",
    role: player.role,
    inputs: input
      ? {
          "spec.md": input.subject.content,
          ...input.extras,
          ...later,
          ...directionsFor(player.role),
        }
      : {},
    schema: answerSchema(player.role.contract),
    failures: [],
  });
  return ok({ ...entry, prompt, notYet: Object.keys(later) });
}

/** What the stage would work from if it began now. Throws what a run would be refused with. */
async function inputNow(
  ports: AppPorts,
  settings: Settings,
  stage: StageSpec,
  spec: string,
): Promise<StageInput> {
  const adapting = adaptingOf("run-stage", [stage.name], settings.adapting, {});
  const { taken } = await lookAtStage(ports, adaptByRules, {
    stage,
    scope: stage.name,
    subject: spec,
    agentLimit: null,
    refresh: false,
    adapting,
  });
  if ("input" in taken) return taken.input;
  throw new WavegateError("USAGE", `The stage ${stage.name} is not needed: ${taken.notNeeded}`, {
    hint: "Leave the specification out to see what its roles are told.",
  });
}

const later = (what: string): string => `(${what}: not there before the run)`;

/** What other roles make for this one during a run. */
function laterInputs(stage: StageSpec, { role, lead }: Player): Readonly<Record<string, string>> {
  const answers = (names: readonly string[]) =>
    names.map((name) => {
      const title = stage.roles.find((other) => other.name === name)?.title ?? name;
      return [`analyses/${name}.json`, later(`answer of the ${title}`)];
    });
  const all = answers(stage.roles.map(({ name }) => name));
  const review = ["review.json", later(`answer of the ${stage.reviewer.title}`)];
  const files = stage.artifacts
    .filter(({ required }) => required)
    .map(({ name }) => [`artifacts/${name}`, later(`by the ${stage.synthesizer.title}`)]);
  if (lead === undefined) return Object.fromEntries(answers(role.needs));
  return Object.fromEntries(
    {
      reviewer: all,
      synthesizer: [...all, review],
      qa: [...files, review, ["checks.json", later("results of the deterministic checks")]],
    }[lead],
  );
}

/** Write prompts, as they hold now, into files of the project that then count instead. What is there stays. */
export async function ejectPrompts(
  ports: Pick<AppPorts, "settings" | "files">,
  names: readonly string[],
): Promise<Result<readonly EjectedPrompt[], WavegateError>> {
  const listed = await listPrompts(ports);
  if (!listed.ok) return listed;
  const chosen: PromptEntry[] = [];
  for (const name of names) {
    const ofStage = listed.value.filter(({ stage }) => stage === name);
    const one = ofStage.length > 0 ? ok(ofStage) : namedRole(listed.value, name);
    if (!one.ok) return one;
    chosen.push(...[one.value].flat());
  }
  const ejected: EjectedPrompt[] = [];
  for (const { file, task, source } of new Set(chosen)) {
    const mine = source.kind === "file";
    if (mine) {
      const there = source.place.file === file;
      ejected.push({ file, outcome: there ? "already there" : "set in the configuration" });
      continue;
    }
    const written = await ports.files.write(file, `${task}\n`, undefined);
    if (!written.ok) return written;
    ejected.push({ file, outcome: "written" });
  }
  return ok(ejected);
}

/** `planning/risk`, or `risk` where only one stage has it. */
function namedRole(all: readonly PromptEntry[], name: string): Result<PromptEntry, WavegateError> {
  const full = ({ stage, role }: PromptEntry) => `${stage}/${role}`;
  const found = all.filter((one) => full(one) === name || one.role === name);
  const [only] = found;
  if (only && found.length === 1) return ok(only);
  const near = nearestName(name, [...all.map(full), ...all.map(({ role }) => role)]);
  return err(
    new WavegateError(
      "USAGE",
      only
        ? `Several stages have a role "${oneLine(name, 80)}".`
        : `No stage has a role "${oneLine(name, 80)}".`,
      {
        hint: only
          ? `Name one of: ${found.map(full).join(", ")}.`
          : near
            ? `Did you mean ${near}?`
            : "List all with: wavegate prompts list",
      },
    ),
  );
}
