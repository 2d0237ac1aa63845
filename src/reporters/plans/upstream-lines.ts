import { formatPlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { UpstreamPlan } from "../../plan/model.ts";
import type { Style } from "../style.ts";
import { prose, taskText } from "./plan-words.ts";

const MOST = 6;

/** What a plan says must be done first elsewhere, each with its place. Nothing waits for it here: it can't be seen from one plan. */
export function upstreamLines(needed: readonly UpstreamPlan[], style: Style): string[] {
  return [
    ...needed.slice(0, MOST).flatMap(({ name, reason, place }) => {
      const bare = reason.replace(/^\((.{0,390})\)$/u, "$1");
      const why = bare === "" || bare.startsWith(name) ? bare : `${name}: ${bare}`;
      return prose(
        `needs first: ${taskText(why === "" ? name : why)} (${oneLine(formatPlace(place), 200)})`,
        style,
        "warn",
        1,
      );
    }),
    ...(needed.length > MOST
      ? prose(`and ${needed.length - MOST} more plans first`, style, "warn", 1)
      : []),
  ];
}
