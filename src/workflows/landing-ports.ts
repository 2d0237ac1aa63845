import type { Artifacts } from "../ports/artifacts.ts";
import type { Clock } from "../ports/clock.ts";
import type { Landing } from "../ports/landing.ts";
import type { Verifier } from "../ports/verifier.ts";
import type { Workspaces } from "../ports/workspaces.ts";

/** Everything of the world that landing reaches, inside its steps. */
export interface LandingPorts {
  readonly landing: Landing;
  readonly verifier: Verifier;
  readonly workspaces: Pick<Workspaces, "open" | "discard">;
  readonly artifacts: Pick<Artifacts, "runFolder">;
  readonly clock: Clock;
}
