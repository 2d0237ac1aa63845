/** The oldest version of a program that can be spoken with as its preset does. */
export interface LeastVersion {
  readonly least: readonly [major: number, minor: number, patch: number];
  /** What older ones don't have. */
  readonly because: string;
}

/**
 * By preset; what is not here is taken whatever its version. Codex: https://github.com/openai/codex/pull/4525. Claude Code: a lower bound;
 * the release of 2.x that `--json-schema` came with is not known, and 2.1.197 is the oldest that was tried.
 */
export const LEAST_VERSIONS: Readonly<Record<string, LeastVersion>> = {
  claude: { least: [2, 0, 0], because: "older ones don't know `--json-schema`" },
  codex: { least: [0, 44, 0], because: "older ones print other events with `exec --json`" },
};

/** Why the version that a program says of itself is too old, or undefined when it is not, or can't be told. */
export function tooOld(preset: string | undefined, version: string): string | undefined {
  const known = preset !== undefined && Object.hasOwn(LEAST_VERSIONS, preset);
  const rule = known ? LEAST_VERSIONS[preset] : undefined;
  const found = /(?<![\w.])(\d{1,6})\.(\d{1,6})\.(\d{1,6})/.exec(version);
  if (!rule || !found) return undefined;
  const numbers = found.slice(1, 4).map(Number);
  const at = rule.least.findIndex((least, index) => least !== numbers[index]);
  if (at < 0 || (numbers[at] ?? 0) > (rule.least[at] ?? 0)) return undefined;
  return `version ${found[0]} is older than ${rule.least.join(".")}: ${rule.because}`;
}
