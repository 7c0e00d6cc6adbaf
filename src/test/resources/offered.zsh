# Prints what zsh itself would offer. FOLDER of completions, LINE.
# A zsh at a terminal of its own is sent the line and a tab; its compadd, which adds what is offered, prints it.
zmodload zsh/zpty
zpty asked zsh -f -i
zpty -w asked "PS1=; unsetopt zle_bracketed_paste; fpath=('$1' \$fpath); autoload -Uz compinit; compinit -u -D
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd \"\$@\"; return; fi
  local -a hits; builtin compadd -A hits \"\$@\"; local hit
  for hit in \$hits; do print -r -- \"<\"\"offer:\$hit>\"; done
}
told() { print -r -- '<''begin>'; zle list-choices; print -r -- '<''end>'; exit }
zle -N told; bindkey '^I' told
print '<''ready>'"
zpty -r asked text '*<ready>*'
zpty -w -n asked "$2"$'\t'
zpty -r asked text '*<end>*'
print -r -- "$text" | tr -d '\r' | sed -n 's/.*<offer:\(.*\)>.*/\1/p'
