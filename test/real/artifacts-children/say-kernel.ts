/** Prints which kernel numbers its processes. */
import { KERNEL } from "../../../src/adapters/artifacts/process-identity.ts";

process.stdout.write(KERNEL);
