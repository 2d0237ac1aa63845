/** Tells when files change. */
export interface FileWatch {
  /**
   * Yields once whenever one or more of the files may have changed, been made or removed since the last time, until the signal
   * aborts. Paths relative to the project. Never throws: where the system tells nothing, the files are looked at now and then.
   */
  changes(paths: readonly string[], signal: AbortSignal): AsyncIterable<void>;
}
