import { oneLine } from "../../core/text.ts";
import type { Link } from "../../schedule/project/project.ts";
import type { Reason } from "../../schedule/strategy/reason.ts";

const short = (text: string): string => oneLine(text, 40);

const linkText = ({ origin, strength }: Link, after: string): string =>
  `after ${short(after)} (${short(origin)}${strength === "soft" ? ", soft" : ""})`;

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
      return linkText(why.link, why.after);
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
      if (why.link && why.after !== undefined)
        return `${linkText(why.link, why.after)}, when its people work again`;
      return why.after === undefined
        ? "its people don't work before"
        : `its people don't work between ${short(why.after)} and it`;
    case "choice":
      return "nothing held it";
  }
}
