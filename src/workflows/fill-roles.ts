import { tally } from "../stage/quorum.ts";
import type { RoleResult } from "../stage/records.ts";
import type { Quorum, RoleSpec } from "../stage/stage-spec.ts";
import { hold, holdStopped, whyCommand } from "./hold.ts";
import { childName, documents, emit, roleInput, type StageRun } from "./stage-run.ts";

/** Results by role name, in the order of the stage's roles. */
export type Analyses = ReadonlyMap<string, RoleResult>;

/**
 * Fill the specialists' roles until the quorum is met (ST-02, ST-06, ST-07): all at once, or one after the other where the stage says so; if the quorum is lost, those
 * that failed once more one after the other; if it is still lost, stop until a person resumes, then those again.
 */
export async function fillRoles(run: StageRun): Promise<Analyses> {
  const { stage } = run.input;
  const results = new Map<string, RoleResult>();
  const unfilled = () =>
    stage.roles.filter((role) => results.get(role.name)?.status !== "succeeded");
  const stops = () => unfilled().flatMap(({ name }) => results.get(name)?.stopped ?? []);
  const votes = () =>
    tally(
      stage.quorum,
      stage.roles.map((role) => role.name),
      new Set(stage.roles.filter((role) => !unfilled().includes(role)).map((role) => role.name)),
    );

  for (let round = 1; ; round++) {
    if (stage.order === "sequential")
      for (const role of inOrderOfNeed(unfilled())) await fill(run, [role], round, results);
    else await fill(run, unfilled(), round, results);
    if (stops().length === 0 && !votes().met && stage.sequentialSecondTry) {
      round++;
      for (const role of inOrderOfNeed(unfilled())) await fill(run, [role], round, results);
    }
    if (stops().length > 0) {
      await holdStopped(run, `stopped-${round}`, stops());
      continue;
    }
    const outcome = votes();
    await emit(run, `quorum/${round}`, {
      type: "quorum-tallied",
      stage: stage.name,
      met: outcome.met,
      succeeded: stage.roles
        .map((role) => role.name)
        .filter((role) => !outcome.missing.includes(role)),
      missing: outcome.missing,
      ...(outcome.met ? {} : { because: outcome.because }),
    });
    if (outcome.met) return new Map(stage.roles.flatMap(({ name }) => entry(results, name)));
    await hold(run, `quorum-${round}`, {
      code: "STAGE_QUORUM_NOT_MET",
      reason: `${stage.roles.length - outcome.missing.length} of ${stage.roles.length} specialists gave a full answer; ${needed(stage.quorum, outcome)}.`,
      hint: whyCommand(run, outcome.missing[0] ?? ""),
      failures: unfilled().map(
        (role) => `${role.title}: ${results.get(role.name)?.reason ?? "no result"}`,
      ),
    });
  }
}

const needed = (
  { minimum, ratio, required }: Quorum,
  { because, missing }: { readonly because: keyof Quorum; readonly missing: readonly string[] },
): string =>
  ({
    minimum: `at least ${minimum} must`,
    ratio: `at least ${Math.round(ratio * 100)} % must`,
    required: `${required.filter((name) => missing.includes(name)).join(", ")} must`,
  })[because];

/** Run these roles at once, each waiting only for the roles among them that it needs. */
async function fill(
  run: StageRun,
  roles: readonly RoleSpec[],
  round: number,
  results: Map<string, RoleResult>,
): Promise<void> {
  const names = new Set(roles.map((role) => role.name));
  const children = roles.map((role) => ({
    name: childName(run, role.name, round),
    input: roleInput(run, role, {
      task: "analysis",
      round,
      inputs: {
        ...documents(run),
        ...Object.fromEntries(
          role.needs.flatMap((need) => {
            const result = names.has(need) ? undefined : results.get(need);
            return result ? [[`analyses/${need}.json`, JSON.stringify(result.value)]] : [];
          }),
        ),
      },
      needs: role.needs
        .filter((need) => names.has(need))
        .map((need) => ({ role: need, child: childName(run, need, round) })),
    }),
  }));
  for (const result of await run.steps.children(run.runRole, children))
    results.set(result.role, result);
}

/** Roles so that each comes after those it needs; the configuration holds no cycles. */
function inOrderOfNeed(roles: readonly RoleSpec[]): readonly RoleSpec[] {
  const ordered: RoleSpec[] = [];
  const visit = (role: RoleSpec): void => {
    if (ordered.includes(role)) return;
    for (const need of roles.filter((other) => role.needs.includes(other.name))) visit(need);
    ordered.push(role);
  };
  for (const role of roles) visit(role);
  return ordered;
}

const entry = (results: ReadonlyMap<string, RoleResult>, name: string): [string, RoleResult][] => {
  const result = results.get(name);
  return result ? [[name, result]] : [];
};

/** The analyses as inputs of later roles, complete and partial ones alike. */
export const analysisInputs = (analyses: Analyses): Record<string, string> =>
  Object.fromEntries(
    [...analyses].map(([role, result]) => [`analyses/${role}.json`, JSON.stringify(result.value)]),
  );
