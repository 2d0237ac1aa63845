export type Env = Readonly<Record<string, string | undefined>>;

export interface StreamTraits {
  readonly env: Env;
  readonly platform: string;
  readonly isTTY: boolean;
  /** `--color` or `--no-color`, if given. */
  readonly flag?: boolean | undefined;
}

/** Flags first, then FORCE_COLOR, NO_COLOR (no-color.org), and last what the stream is. */
export function wantsColor({ env, isTTY, flag }: StreamTraits): boolean {
  if (flag !== undefined) return flag;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  if (env["NO_COLOR"]) return false;
  return isTTY && env["TERM"] !== "dumb";
}

/** Whether characters beyond ASCII are sure to be shown: by the locale, as POSIX ranks its variables. */
export function showsUnicode({ env, platform }: Pick<StreamTraits, "env" | "platform">): boolean {
  if (env["TERM"] === "dumb") return false;
  if (platform === "win32") return Boolean(env["WT_SESSION"] ?? env["TERM_PROGRAM"]);
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find(Boolean);
  return /utf-?8/i.test(locale ?? "");
}

/** Whether to draw in place; elsewhere lines are appended. */
export const drawsLive = ({ env, isTTY }: Pick<StreamTraits, "env" | "isTTY">): boolean =>
  isTTY && env["TERM"] !== "dumb" && !env["CI"];
