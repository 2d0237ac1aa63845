import { readFile } from "node:fs/promises";
import type { StageCommand, Templates } from "../../integrations/templates.ts";

/** The package's root: three folders up, from `src` and from `dist` alike. */
const PACKAGE = new URL("../../../", import.meta.url);

const read = (file: string) => readFile(new URL(file, PACKAGE), "utf8");

/** The texts in the package's folder `integrations/`, and the package's version. */
export async function readTemplates(): Promise<Templates> {
  const command = (stage: StageCommand) => read(`integrations/commands/${stage}.md`);
  const commands = {
    plan: await command("plan"),
    prepare: await command("prepare"),
    review: await command("review"),
    complete: await command("complete"),
  };
  const version = /"version":\s*"([^"]+)"/.exec(await read("package.json"))?.[1];
  if (version === undefined) throw new Error("package.json has no version");
  return { version, skill: await read("integrations/skill/SKILL.md"), commands };
}
