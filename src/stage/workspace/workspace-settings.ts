/** How a fresh clone becomes a place to work in (PX-06): data, from the configuration. */
export interface WorkspaceRecipe {
  /**
   * Files that git does not track, to be copied from the project: paths relative to it, with `*` in the last part for any
   * letters. What is not there is left out; what the base tracks stays as it is there.
   */
  readonly copy: readonly string[];
  /** Program and arguments, without a shell, e.g. `npm ci`; empty: nothing is installed. */
  readonly install: readonly string[];
  /** The most that the install command may take. */
  readonly timeoutMs: number;
  /** TCP ports on loopback that each workspace has for itself, in `WAVEGATE_PORT_1` and so on. */
  readonly ports: number;
  /** Variables of the user's environment that the install command sees besides the usual ones; a final `*` for any ending. */
  readonly passEnv: readonly string[];
}

export const PLAIN_RECIPE: WorkspaceRecipe = {
  copy: [],
  install: [],
  timeoutMs: 15 * 60_000,
  ports: 0,
  passEnv: [],
};
