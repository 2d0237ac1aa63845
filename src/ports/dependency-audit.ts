import type { Audit, Lockfile } from "../repository/model.ts";

/** Asks the tools of a package manager about known holes of the packages that lockfiles pin. */
export interface DependencyAudit {
  /**
   * Sends names and versions of packages to the registry that the tool is configured for; only to be called where the user
   * asked for it. Installs nothing, changes nothing. Never throws: what could not be asked says why.
   */
  audit(lockfiles: readonly Pick<Lockfile, "path">[]): Promise<Audit>;
}
