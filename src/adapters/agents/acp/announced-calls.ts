import { textOf, type JsonObject } from "../../shared/safe-json.ts";

/** Calls that are remembered; past them, a question stands for itself. */
const MOST = 2_000;

/** What an agent said of its calls of tools when it announced them, by their ids. */
export function createAnnouncedCalls() {
  const announced = new Map<string, JsonObject>();
  return {
    heard(update: JsonObject): void {
      const id = textOf(update["toolCallId"]);
      if (update["sessionUpdate"] === "tool_call" && id !== undefined && announced.size < MOST)
        announced.set(id, update);
    },
    of: (id: string): JsonObject | undefined => announced.get(id),
  };
}
