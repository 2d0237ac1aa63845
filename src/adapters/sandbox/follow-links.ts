import { lstatSync, readlinkSync, realpathSync } from "node:fs";
import path from "node:path";

/** Paths as they really are, and the links that lead to them. */
export interface Followed {
  /** Without links anywhere in them; only what is there. */
  readonly real: readonly string[];
  /** Path of a link → what it says. */
  readonly links: ReadonlyMap<string, string>;
}

/** A chain of links that is longer goes in a circle. */
const MAX_LINKS = 16;

/** Follow links to what has to be shown, so that each can be made again inside. */
export function followLinks(files: readonly string[]): Followed {
  const real = new Set<string>();
  const links = new Map<string, string>();
  for (const file of files) follow(file, real, links);
  return { real: [...real], links };
}

/** From the root on, so that links among the folders of a path are made again, too. */
function follow(file: string, real: Set<string>, links: Map<string, string>): void {
  let rest = file.split("/").filter((part) => part !== "" && part !== ".");
  let at = "";
  for (let steps = 0; rest.length > 0;) {
    const [part = "", ...more] = rest;
    rest = more;
    at = part === ".." ? path.dirname(at) : `${at === "/" ? "" : at}/${part}`;
    const found = lstatSync(at, { throwIfNoEntry: false });
    if (found === undefined) return;
    if (!found.isSymbolicLink()) continue;
    if (++steps > MAX_LINKS) return;
    const target = readlinkSync(at);
    links.set(at, target);
    const [first, ...others] = path.resolve(path.dirname(at), target).split("/").slice(1);
    rest = [first ?? "", ...others, ...rest].filter((each) => each !== "");
    at = "";
  }
  real.add(realpathSync(file));
}
