/** Shannon entropy of a text in bits per character: 0 for one letter repeated, near 6 for random base64. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  const length = Array.from(text).length;
  return [...counts.values()].reduce((sum, count) => {
    const share = count / length;
    return sum - share * Math.log2(share);
  }, 0);
}

/** Longest stretch in which each character follows the one before: `abcdef`, `123456`, `aaaa`. */
export function longestSequence(text: string): number {
  let longest = 1;
  let run = 1;
  for (let at = 1; at < text.length; at++) {
    const step = text.charCodeAt(at) - text.charCodeAt(at - 1);
    run = step === 0 || step === 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  }
  return longest;
}
