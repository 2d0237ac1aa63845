/**
 * Names of files from ids of others, one each, in their order: letters, digits, `-` and `_` only, not longer than 60, different without
 * case too. `fallback` is for an id that leaves nothing.
 */
export function fileNames(ids: readonly string[], fallback: string): readonly string[] {
  const taken = new Set<string>();
  return ids.map((id) => {
    const words = id
      .slice(0, 400)
      .normalize("NFKC")
      .replace(/[^\p{L}\p{N}_]+/gu, "-")
      .slice(0, 60)
      .replace(/^-|-$/g, "")
      .replace(/\p{Surrogate}/gu, "");
    const base = words === "" || DEVICE.test(words) ? `${fallback}${words && `-${words}`}` : words;
    let name = base;
    for (let more = 2; taken.has(name.toLowerCase()); more++) name = `${base}-${more}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

/** Names that Windows keeps for itself. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
