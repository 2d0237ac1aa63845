/** The names of the project's files. */
export interface ProjectPaths {
  /** Relative to the project, with `/`: what git tracks or would track, or all but well-known build output. At most 50,000. */
  list(): Promise<readonly string[]>;
}
