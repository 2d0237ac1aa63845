/**
 * Put what the command-line program loads into few files (`docs/decisions/0015-bundled-program.md`). Everything else in `dist`
 * stays as it is, module by module: the library, and the programs that are started by their own path.
 */
import { renameSync, rmSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";

/** Modules ask for their place to find files beside them; all of them come to lie in one folder, so each is told where it was. */
const keepPlaces = (folder) => ({
  name: "keep-places",
  transform(code, id) {
    if (!code.includes("import.meta.url")) return null;
    const place = JSON.stringify(path.relative(folder, id).split(path.sep).join("/"));
    return code.replaceAll("import.meta.url", `new URL(${place}, import.meta.url).href`);
  },
});

/** Every package stays outside. */
const isPackage = (id) => !id.startsWith(".") && !path.isAbsolute(id);

/** @param {string} dist what the compiler made */
export async function bundleProgram(dist) {
  const folder = path.resolve(dist, "cli");
  // As deep as that.
  const bundled = path.resolve(dist, "cli-bundled");
  const bundle = await rolldown({
    input: path.join(folder, "main.js"),
    platform: "node",
    external: isPackage,
    plugins: [keepPlaces(folder)],
  });
  await bundle.write({
    dir: bundled,
    format: "esm",
    entryFileNames: "main.js",
    chunkFileNames: "part-[name]-[hash].js",
  });
  await bundle.close();
  rmSync(folder, { recursive: true });
  renameSync(bundled, folder);
}
