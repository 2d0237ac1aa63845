import { readlinkSync } from "node:fs";
import path from "node:path";
import { lookAt } from "./look-at.ts";

/** Paths as they really are, and the links that lead to them. */
export interface Followed {
  /** Without links anywhere in them; only what is there. */
  readonly real: readonly string[];
  /** Path of a link → what it says. */
  readonly links: ReadonlyMap<string, string>;
}

/** A chain of links that is longer goes in a circle. */
const MAX_LINKS = 16;

/** Follow links to what has to be shown, so that each can be made again inside. What is not there, or goes in a circle, is left out. */
export function followLinks(files: readonly string[]): Followed {
  const real = new Set<string>();
  const links = new Map<string, string>();
  for (const file of files) {
    const found = follow(file);
    if (found === undefined) continue;
    real.add(found.real);
    for (const [at, to] of found.links) links.set(at, to);
  }
  return { real: [...real], links };
}

/** From the root on, so that links among the folders of a path are made again, too. */
function follow(file: string): { real: string; links: ReadonlyMap<string, string> } | undefined {
  const links = new Map<string, string>();
  let rest = file.split("/").filter((part) => part !== "");
  let at = "/";
  let steps = 0;
  while (rest.length > 0) {
    const [part = "", ...more] = rest;
    rest = more;
    at = path.resolve(at, part);
    const found = lookAt(at);
    if (found === undefined) return undefined;
    if (!found.isSymbolicLink()) continue;
    steps += 1;
    if (steps > MAX_LINKS) return undefined;
    const target = readlinkSync(at);
    links.set(at, target);
    const resolved = path.resolve(path.dirname(at), target);
    rest = [...resolved.split("/").filter((each) => each !== ""), ...rest];
    at = "/";
  }
  return { real: at, links };
}
