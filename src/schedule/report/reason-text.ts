import type { Link } from "../project/project.ts";
import type { Reason } from "../strategy/reason.ts";
import type { Facts } from "./facts.ts";

/** Why something does not start sooner, in words for people; raw text. */
export function reasonText(why: Reason, facts: Facts): string {
  const { name } = facts;
  switch (why.kind) {
    case "start":
      return "starts with the project";
    case "fixed":
      return "was started before";
    case "not-before":
      return "may not start before its date";
    case "link":
      return `${linkWord(why.link)} ${name.activity(why.after)}${lagText(why.link, facts)}`;
    case "sync":
      return why.after === why.sync
        ? `after sync point ${name.sync(why.sync)}`
        : `after ${name.activity(why.after)}`;
    case "person":
      return `${name.person(why.person)} is busy with ${name.step(why.after)}`;
    case "team":
      return `${name.team(why.team)} is busy with ${name.step(why.after)}`;
    case "resource":
      return `${name.resource(why.resource)} is held by ${name.activity(why.after)}`;
    case "calendar":
      return why.link && why.after !== undefined
        ? `${linkWord(why.link)} ${name.activity(why.after)}${lagText(why.link, facts)}, when its people work again`
        : "its people have no working time sooner";
    case "choice":
      return "could start sooner without harm";
  }
}

const WORDS: Readonly<Record<Link["kind"], string>> = {
  FS: "after",
  SS: "once begun:",
  FF: "ends with or after",
  SF: "ends once begun:",
};

export const linkWord = ({ kind }: Link): string => WORDS[kind];

export function lagText({ lag }: Link, { duration }: Facts): string {
  if (lag === 0) return "";
  return lag > 0 ? ` + ${duration(lag)}` : ` − ${duration(-lag)}`;
}
