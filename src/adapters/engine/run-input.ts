import type { Json } from "../../core/json.ts";
import type { Store } from "./store.ts";

/** What the run was started with; undefined where there is none of this id. */
export async function inputOf(
  { database, project }: Store,
  runId: string,
): Promise<Json | undefined> {
  const [row] = await database.rows<{ input: Json }>(
    "select input from wavegate.runs where project = $1 and run_id = $2 and child_of is null",
    [project, runId],
  );
  return row?.input;
}
