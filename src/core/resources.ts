/** What a program took of the machine while it answered. `unknown` where the system does not tell. */
export type Resources = {
  /** The most memory that its processes held together, in bytes, as it was seen. */
  readonly peakMemoryBytes: number | "unknown";
  /** Time on processors, user and system, of all its processes. */
  readonly cpuMs: number | "unknown";
};
