/** Flags whose value can be left out, and what they then mean. A value is written behind `=`. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([["--like-original", "head"]]);

/** The arguments with the values that were left out: the parser would take the next argument for one. */
export function withValues(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return args.map((arg, index) => {
    const value = end >= 0 && index > end ? undefined : LEFT_OUT.get(arg);
    return value === undefined ? arg : `${arg}=${value}`;
  });
}
