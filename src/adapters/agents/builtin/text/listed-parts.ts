/** The parts of a list: cut at commas and semicolons outside brackets. */
export function listedParts(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "(" || char === "[") depth++;
    if (char === ")" || char === "]") depth--;
    if ((char === "," || char === ";") && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
