/** Rewrites one run file as long as its parent lives, each time with one letter repeated; says so when the first is written. */
import { createArtifacts } from "../../../src/adapters/artifacts/artifacts.ts";

const [state = "", size = "0"] = process.argv.slice(2);
const artifacts = createArtifacts({ stateFolder: state, redact: (text) => text });
const parent = process.ppid;
for (let n = 0; process.ppid === parent; n += 1) {
  await artifacts.writeRunFile("run-1", "out.txt", "abcdefgh"[n % 8]!.repeat(Number(size)));
  if (n === 0) process.stdout.write("going\n");
}
