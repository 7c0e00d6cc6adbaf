# Completion of airworthy in bash. Written by the build from the program's own options.

_airworthy_commands() {
  case $1 in
    '') echo '@FIRST@' ;;
@SECOND@
  esac
}

_airworthy_options() {
  case $1 in
@OPTIONS@
    *) return 1 ;;
  esac
}

# The values that an option of a command has; nothing for one that may have any, and status 1 for one that takes none.
_airworthy_values() {
  case $1 in
@VALUES@
    *) return 1 ;;
  esac
}

_airworthy() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} at=1 first command words
  COMPREPLY=()
  # In --format=json bash takes the sign between for a word of its own.
  if [[ $word == '=' ]]; then
    word=
  elif [[ $before == '=' ]]; then
    before=${COMP_WORDS[COMP_CWORD - 2]}
  fi
  [[ ${COMP_WORDS[1]} == help ]] && at=2
  first=${COMP_WORDS[at]}
  if ((COMP_CWORD == at)); then
    words=$(_airworthy_commands '')
    ((at == 1)) && words="$words help --help --version"
  elif ((COMP_CWORD == at + 1)) && [[ $word != -* && -n $(_airworthy_commands "$first") ]]; then
    words=$(_airworthy_commands "$first")
  elif ((at == 2)); then
    return
  else
    command=$first
    _airworthy_options "$first ${COMP_WORDS[2]}" >/dev/null && command="$first ${COMP_WORDS[2]}"
    if ! words=$(_airworthy_values "$command $before"); then
      [[ $word == -* ]] && words=$(_airworthy_options "$command")
    fi
  fi
  # shellcheck disable=SC2207 # no word of these has a blank
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}

# Where nothing is offered, files are.
complete -o default -F _airworthy airworthy
