import { readFile } from "node:fs/promises";
import path from "node:path";
import type { LoginFile } from "../../stage/sandbox/profiles.ts";

/** The token of who has logged in to a program, or why there is none, as the end of a sentence. */
export type Login =
  | { readonly token: string }
  | { readonly token: undefined; readonly reason: string };

/** A token that ends sooner than this, in milliseconds, would end while it is used. */
const SPARE_MS = 5 * 60_000;

/** Read the program's own login; its file stays outside. */
export async function readLogin(
  { file, token, expires }: LoginFile,
  home: string,
  now: number,
): Promise<Login> {
  const text = await readFile(path.join(home, file), "utf8").catch(() => undefined);
  if (text === undefined) return { token: undefined, reason: `nobody has logged in (~/${file})` };
  const content = parsed(text);
  const found = at(content, token);
  if (typeof found !== "string" || !/^[\u0021-\u007E]{8,10000}$/.test(found))
    return { token: undefined, reason: `~/${file} holds no token` };
  const end = at(content, expires);
  return typeof end === "number" && end < now + SPARE_MS
    ? { token: undefined, reason: `the login in ~/${file} has expired: start the program once` }
    : { token: found };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const at = (value: unknown, names: readonly string[]): unknown =>
  names.reduce<unknown>(
    (inner, name) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, name)
        ? Reflect.get(inner, name)
        : undefined,
    value,
  );
