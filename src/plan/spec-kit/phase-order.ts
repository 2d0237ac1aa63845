import type { FilePlace } from "../../core/place.ts";
import type { Origin, PhaseDependency } from "../model.ts";
import type { DraftPhase } from "./draft.ts";

/**
 * Spec Kit's order of phases (tasks.md, "Phase Dependencies"): the foundation waits for the setup, each story for the foundation
 * and not for other stories, polish and convergence for all before them. Where there are no stories, phases run in order. Linear.
 */
export function orderPhases(
  phases: readonly DraftPhase[],
  placeOf: (phase: DraftPhase) => FilePlace,
): ReadonlyMap<string, readonly PhaseDependency[]> {
  const stories = phases.some(({ role }) => role === "story");
  const after = new Map<string, readonly PhaseDependency[]>();
  const lastOfStory = new Map<string, string>();
  let base: readonly string[] = [];
  let front = new Set<string>();
  let begun = false;
  for (const phase of phases) {
    const story = phase.role === "story";
    const earlier = phase.story === undefined ? undefined : lastOfStory.get(phase.story);
    const waits = story ? (earlier === undefined ? base : [earlier]) : [...front];
    const origin: Origin = stories && phase.role !== "other" ? "story" : "barrier";
    after.set(
      phase.key,
      waits.map((key) => ({ phase: key, origin, strength: "hard", place: placeOf(phase) })),
    );
    if (story) for (const key of waits) front.delete(key);
    else front = new Set();
    front.add(phase.key);
    begun ||= story;
    if (!begun || phase.role === "foundation") base = [phase.key];
    if (phase.story !== undefined) lastOfStory.set(phase.story, phase.key);
  }
  return after;
}
