/** Puts one artifact into a project and prints the code of the error. */
import path from "node:path";
import { createArtifacts } from "../../../src/adapters/artifacts/artifacts.ts";

const [root = ""] = process.argv.slice(2);
const artifacts = createArtifacts({ stateFolder: path.join(root, ".wavegate"), redact: (t) => t });
const outcome = await artifacts.put("a", "b").catch((cause: { code?: string }) => cause.code);
process.stdout.write(JSON.stringify(outcome));
