#compdef emu
# Completion of emu for zsh: that of bash, by zsh's own stand-in for it.
autoload -U +X bashcompinit && bashcompinit
source /usr/share/bash-completion/completions/emu
_bash_complete -F _emu
