/** Lines that change where or how the following ones run. */
const STATE = /^(?:cd|export|source|\.|set|umask|alias|pushd|popd|[A-Za-z_]\w{0,60}=\S*)(?:\s|$)/;
const ALONE_ASSIGNMENT = /^[A-Za-z_]\w{0,60}=\S*$/;
/** Ends of lines that go on. */
const GOES_ON = /(?:\\|&&|\|\||\|)$/;
const OPENS = /(?:^|\s)(?:do|then|else|\{)$|<<-?\s*['"]?\w+['"]?$/;

/**
 * Scripts that lines of a fence make: each line for itself, so that the one that fails can be named; a line that goes on with what follows, and
 * `cd` and variables before the lines that they hold for. Blocks of several lines make the whole one script.
 */
export function scriptsOf(lines: readonly string[]): readonly string[] {
  const text = lines
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (text.some((line) => OPENS.test(line) || /^(?:if|for|while|case|until)\s/.test(line)))
    return [`set -e\n${text.join("\n")}`];
  const scripts: string[] = [];
  const state: string[] = [];
  let open: string[] = [];
  for (const line of text) {
    open.push(line);
    if (GOES_ON.test(line)) continue;
    const whole = open.join("\n");
    open = [];
    const isState = STATE.test(whole) && !/&&|;|\|/.test(whole);
    if (isState && (!/^[A-Za-z_]\w{0,60}=/.test(whole) || ALONE_ASSIGNMENT.test(whole)))
      state.push(whole);
    else scripts.push([...state, whole].join("\n"));
  }
  if (open.length > 0) scripts.push([...state, open.join("\n")].join("\n"));
  return scripts.map((script) => (script.includes("\n") ? `set -e\n${script}` : script));
}
