import { lstatSync, statSync, type Stats } from "node:fs";

/** What is at a path, not following a link; undefined for nothing, and for what this user may not look at, which nobody inside could use either. */
export const lookAt = (file: string): Stats | undefined => trying(() => lstatSync(file));

/** The same, links followed. */
export const lookBehind = (file: string): Stats | undefined => trying(() => statSync(file));

function trying(look: () => Stats): Stats | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
