import { oneLine } from "../../core/text.ts";
import type { Reason } from "../../schedule/strategy/reason.ts";

const short = (text: string): string => oneLine(text, 40);

/** What an activity waited for. */
export function reasonText(why: Reason): string {
  switch (why.kind) {
    case "start":
      return "starts with the project";
    case "fixed":
      return "was started before";
    case "not-before":
      return "not before its date";
    case "link":
      return `after ${short(why.after)} (${short(why.link.origin)}${why.link.strength === "soft" ? ", soft" : ""})`;
    case "sync":
      return why.after === why.sync
        ? `after sync point ${short(why.sync)}`
        : `after ${short(why.after)}`;
    case "person":
      return `${short(why.person)} is busy with ${short(why.after)}`;
    case "team":
      return `team ${short(why.team)} is busy with ${short(why.after)}`;
    case "resource":
      return `${short(why.after)} has ${short(why.resource)}`;
    case "calendar":
      return why.after === undefined
        ? "its people don't work before"
        : `its people don't work between ${short(why.after)} and it`;
    case "choice":
      return "nothing held it";
  }
}
