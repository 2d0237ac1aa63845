import { expect, test } from "vitest";
import { BUILT_IN_STAGES } from "../../../src/stage/built-in/stages.ts";
import { PROMPT_TEXTS } from "../../../src/stage/built-in/prompt-texts.ts";
import { promptFiles } from "./prompt-files.ts";

const quoted = (text: string): string => `\`${text.replace(/[\\`]|\$(?=\{)/g, "\\$&")}\``;

/** Made from the files that people read. To make it anew: `npx vitest run --project unit test/unit/prompts -u`. */
test("src/stage/built-in/prompt-texts.ts holds what the files in prompts/ say", async () => {
  const entries = promptFiles().map(([name, text]) => `  "${name}": ${quoted(text)},\n`);
  const module = `/** What agents are told, by \`folder/name\`. Made from the files in \`prompts/\`: change those. */\nexport const PROMPT_TEXTS = {\n${entries.join("")}};\n`;
  await expect(module).toMatchFileSnapshot("../../../src/stage/built-in/prompt-texts.ts");
});

test("every role of a built-in stage is told what its file says, and no file lies there in vain", () => {
  const told = Object.entries(BUILT_IN_STAGES).flatMap(([name, stage]) =>
    [...stage.roles, stage.reviewer, stage.synthesizer, stage.qa].map(
      (role) => [`${name}/${role.name}`, role.prompt] as const,
    ),
  );
  const files = promptFiles().filter(([name]) => !/^(?:frame|own-stage)\//.test(name));
  expect(told.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(files);
  expect(Object.keys(PROMPT_TEXTS).filter((name) => name.startsWith("frame/"))).toHaveLength(8);
});
