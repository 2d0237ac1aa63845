import { printResult, type Cli, type CommonFlags } from "../cli.ts";

export type Shell = "bash" | "zsh" | "fish";

/** Each script asks `wavegate __complete WORD…` what may come next: one proposal per line, a tab, what it is. */
const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `_wavegate() {
  local IFS=$'\\n' proposals
  proposals=$(wavegate __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
  COMPREPLY=($(compgen -W "$proposals" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _wavegate wavegate
`,
  zsh: `#compdef wavegate
_wavegate() {
  local -a proposals
  proposals=("\${(@f)$(wavegate __complete "\${(@)words[2,CURRENT]}" 2>/dev/null | sed 's/:/\\\\:/g; s/\\t/:/')}")
  if (( \${#proposals[@]} )) && [[ -n "\${proposals[1]}" ]]; then _describe wavegate proposals; else _files; fi
}
if [[ "$funcstack[1]" = _wavegate ]]; then _wavegate "$@"; else compdef _wavegate wavegate; fi
`,
  fish: `function __wavegate_complete
  set -l words (commandline -opc) (commandline -ct)
  wavegate __complete $words[2..-1] 2>/dev/null
end
complete -c wavegate -a '(__wavegate_complete)'
`,
};

/** Print the completion script of a shell. */
export function completion(cli: Cli, flags: CommonFlags, shell: Shell): void {
  const script = SCRIPTS[shell];
  printResult(cli, flags, { json: { shell, script }, lines: () => [script.trimEnd()] });
}
