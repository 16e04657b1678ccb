/** The shells that can be completed in. */
export const shells = ["bash", "zsh", "fish", "powershell"] as const;

export type Shell = (typeof shells)[number];

/**
 * What each shell runs for a Tab: it asks the program, and hands its lines on. A line is a word, a tab, and what the word means; `:files` stands for
 * the names of files, which every shell completes best itself. None of them edits a file of the person's.
 */
export const scripts: Readonly<Record<Shell, string>> = {
  // https://www.gnu.org/software/bash/manual/html_node/Programmable-Completion-Builtins.html
  bash: `_mirror_setup() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then compopt -o default 2>/dev/null; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done < <(mirror-setup __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _mirror_setup mirror-setup`,
  // https://zsh.sourceforge.io/Doc/Release/Completion-System.html
  zsh: `#compdef mirror-setup
_mirror_setup() {
  local line
  local -a found
  while IFS= read -r line; do
    if [[ $line == :files ]]; then _files; return; fi
    found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(mirror-setup __complete -- "\${(@)words[2,CURRENT-1]}" "$PREFIX" 2>/dev/null)
  _describe mirror-setup found
}
compdef _mirror_setup mirror-setup`,
  // https://fishshell.com/docs/current/completions.html
  fish: `function __mirror_setup
    set -l words (commandline -opc)
    set -e words[1]
    set -l now (commandline -ct)
    set -l found (mirror-setup __complete -- $words "$now" 2>/dev/null)
    if test "$found[1]" = :files
        __fish_complete_path "$now"
    else
        printf '%s\\n' $found
    end
end
complete -c mirror-setup -f -a '(__mirror_setup)'`,
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/register-argumentcompleter. Before 7.3 an empty argument would be dropped; a bare
  // -- is, on its way through the .ps1 that npm makes (https://github.com/npm/cli/issues/3136); what comes back is UTF-8, and the console's code page is not.
  powershell: `Register-ArgumentCompleter -Native -CommandName mirror-setup -ScriptBlock {
  param($word, $ast, $position)
  $before = @($ast.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object { "$_" })
  if ($word -eq '') { $word = '""' }
  $encoding = [Console]::OutputEncoding
  try {
    try { [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new($false) } catch { }
    $lines = @(mirror-setup __complete '--' @before $word 2>$null)
  } finally {
    try { [Console]::OutputEncoding = $encoding } catch { }
  }
  $lines | Where-Object { $_ -and $_ -ne ':files' } | ForEach-Object {
    $value, $text = $_ -split "\`t", 2
    if (-not $text) { $text = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $text)
  }
}`,
};
