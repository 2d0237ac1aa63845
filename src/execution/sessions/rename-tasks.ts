import type { CoordinationState } from "./coordinate-run.ts";

/** What is known of tasks under the keys that they have in an edited plan; what is no longer in it is forgotten. */
export function renamedTasks(
  state: CoordinationState,
  to: ReadonlyMap<string, string>,
  gone: ReadonlySet<string>,
): CoordinationState {
  if (to.size === 0 && gone.size === 0) return state;
  const moved = <T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map(
      [...map].flatMap(([key, value]) => (gone.has(key) ? [] : [[to.get(key) ?? key, value]])),
    );
  const { notes, counted, times } = state;
  const concerns = [...state.concerns.values()]
    .filter(({ about }) => !gone.has(about))
    .map((concern) => ({ ...concern, about: to.get(concern.about) ?? concern.about }));
  return {
    ...state,
    notes: moved(notes),
    counted: moved(counted),
    concerns: new Map(concerns.map((concern) => [`${concern.kind} ${concern.about}`, concern])),
    times: { ...times, measured: moved(times.measured), readySince: moved(times.readySince) },
  };
}
