import type { WaitReason } from "../../history/execution/why-task.ts";
import { plural } from "../figure-lines.ts";
import { keysText, keyText } from "../plans/plan-words.ts";
import { oneLine } from "../../core/text.ts";

/** Why an open task has not begun, in a sentence. */
export function waitWords(reason: WaitReason): string {
  switch (reason.kind) {
    case "stuck": {
      const through = reason.through.length > 0 ? `, through ${keysText(reason.through, 4)}` : "";
      return `it waits for ${keyText(reason.on)}${through}, which needs a person's word`;
    }
    case "dependencies":
      return `it waits for ${keysText(reason.on)}`;
    case "stopped":
      return `nothing new is started: ${oneLine(reason.by, 200)}`;
    case "points":
      return `sync point ${keysText(reason.points)} waits for a person`;
    case "workers":
      return reason.most === 1
        ? "the worker is busy"
        : `all ${plural(reason.most, "worker")} are busy`;
    case "beside":
      return `it is kept apart from ${keysText(reason.tasks)}: one resource, one sequence, one batch, or no place for its phase`;
    case "apart":
      return `it is kept apart from ${keyText(reason.beside)}: ${apartWords(reason)}`;
    case "ready":
      return "it can begin now";
  }
}

function apartWords({ as, over }: Extract<WaitReason, { readonly kind: "apart" }>): string {
  switch (as) {
    case "conflict":
      return `both write ${oneLine(over, 160)}`;
    case "sequence":
      return `both are of a group that runs one at a time (${oneLine(over, 160)})`;
    case "tied":
      return "dependencies tie them together, and the pattern runs such tasks one at a time";
  }
}
