import { ok, type Result } from "../../core/result.ts";
import { runGit } from "./run-git.ts";

/** What git tracks or would track below a folder, relative to it; an error's text says why git could not be asked. */
export async function gitFiles(root: string): Promise<Result<readonly string[], string>> {
  const options = ["ls-files", "-co", "--exclude-standard", "-z"];
  const listed = await runGit(root, options, "its list of files is too long");
  if (!listed.ok) return listed;
  const paths = new Set(listed.value.toString("utf8").split("\0"));
  return ok([...paths].filter((path) => path !== ""));
}
