/**
 * Put what the command-line program loads into few files (`docs/decisions/0015-bundled-program.md`). Everything else in `dist`
 * stays as it is, module by module: the library, and the programs that are started by their own path.
 */
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";

const FOLDER = path.resolve("dist/cli");
/** As deep in `dist` as that. */
const BUNDLED = path.resolve("dist/cli-bundled");

/** Modules ask for their place to find files beside them; all of them come to lie in one folder, so each is told where it was. */
const keepPlaces = {
  name: "keep-places",
  transform(code, id) {
    if (!code.includes("import.meta.url")) return null;
    const place = JSON.stringify(path.relative(FOLDER, id).split(path.sep).join("/"));
    return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
  },
};

/** Every package stays outside. */
const isPackage = (id) => !id.startsWith(".") && !path.isAbsolute(id);

export async function bundleProgram() {
  const bundle = await rolldown({
    input: path.join(FOLDER, "main.js"),
    platform: "node",
    external: isPackage,
    plugins: [keepPlaces],
  });
  await bundle.write({
    dir: BUNDLED,
    format: "esm",
    entryFileNames: "main.js",
    chunkFileNames: "part-[name]-[hash].js",
  });
  await bundle.close();
  rmSync(FOLDER, { recursive: true });
  renameSync(BUNDLED, FOLDER);
}
