/** Prints which kernel numbers its processes. */
import { KERNEL } from "../../../src/adapters/shared/process-identity.ts";

process.stdout.write(KERNEL);
