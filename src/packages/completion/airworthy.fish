# Completion of airworthy in fish. Written by the build from the program's own options.

function __airworthy_is --description 'Whether the words before the cursor call this command'
    set -l words (commandline -opc)
    set -e words[1]
    set -l called "$words[1]"
    if contains -- "$words[1] $words[2]" @TWO@
        set called "$words[1] $words[2]"
    end
    test "$called" = "$argv"
end

complete -c airworthy -f
complete -c airworthy -n '__airworthy_is' -l help -d 'List the commands.'
complete -c airworthy -n '__airworthy_is' -l version -d 'Tell the version.'
complete -c airworthy -n '__airworthy_is' -a help -d 'Explain a command.'
@COMMANDS@
@OPTIONS@
