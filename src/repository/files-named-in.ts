import { distinct } from "./ids-in.ts";

/** File endings that name files; `.all` of `Promise.all` is none. */
const ENDING =
  /\.(?:[cm]?[jt]sx?|d\.ts|json5?|jsonc|ya?ml|toml|md|mdx|py|go|rs|java|kts?|rb|php|cs|swift|dart|sh|bash|sql|html?|s?css|vue|svelte|proto|graphql|prisma|tf|xml|gradle|ini|cfg|conf|env|lock|txt|csv|ex|exs|ps1|feature)$/i;
const IN_CODE = /`([^`\n]{1,200})`/g;
const PATH = /(?<![\w/@:.*-])\.?(?:[\w@.()[\]-]{1,100}\/){1,20}[\w@.[\]-]{1,100}/g;
/** Words with a dot that are products, not files. */
const PRODUCTS =
  /^(?:node|next|vue|nuxt|express|react|three|d3|chart|socket|alpine|ember|backbone|web3|ethers|p5|day|moment|zone|highlight|video|pdf|chance|matter|phaser|pixi|babylon|angular|knockout|mustache|handlebars|underscore|require|discord|deno|bun)\.(?:js|io)$/i;

/** A path that a person could mean: no pattern, no placeholder, with an ending. */
const isPath = (text: string): boolean =>
  ENDING.test(text) &&
  text.length <= 200 &&
  !/[*<>{}$|\s:#]|\.\.\.|^\/|^~|^https?|(?:^|\/)\.\.(?:\/|$)/.test(text) &&
  !PRODUCTS.test(text);

/** Paths of files that a text names: whatever looks like one in code spans, and what has a slash and an ending elsewhere. */
export function filesNamedIn(text: string): readonly string[] {
  const coded = [...text.matchAll(IN_CODE)].map(([, path = ""]) => path.trim());
  const plain = [
    ...text
      .replace(IN_CODE, " ")
      .replace(/\bhttps?:\/\/\S{1,400}/g, " ")
      .matchAll(PATH),
  ].map(([path]) => path);
  return distinct(
    [...coded, ...plain]
      .map((path) =>
        path
          .replace(/^\.\//, "")
          .replace(/[.,;)]+$/, "")
          .replace(/:\d+(?:-\d+)?$/, ""),
      )
      .filter(isPath),
  );
}
