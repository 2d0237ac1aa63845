/** Compile `src` to `dist`, from nothing, with the command-line program in few files, and executable. */
import { execFileSync } from "node:child_process";
import { chmodSync, rmSync } from "node:fs";
import { bundleProgram } from "./bundle.mjs";

rmSync("dist", { recursive: true, force: true });
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
  stdio: "inherit",
});
await bundleProgram("dist");
chmodSync("dist/cli/main.js", 0o755);
