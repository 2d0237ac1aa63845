import type { App } from "../app/app.ts";
import type { RunEvent } from "../core/event.ts";

/** The last event of a run so far, of those that `isIt` names if it is given: what is shown from there on is new. 0: there is none. */
export async function lastEvent(
  app: Pick<App, "events">,
  runId: string,
  isIt: (event: RunEvent) => boolean = () => true,
): Promise<number> {
  let last = 0;
  for await (const { seq, event } of app.events(runId, 0)) if (isIt(event)) last = seq;
  return last;
}
