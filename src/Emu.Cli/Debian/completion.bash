# Completion of emu for bash: options and plugins as emu itself lists them, options of a plugin behind -p NAME,
_emu() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} emu=${COMP_WORDS[0]} i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            -p | -L | -E | -U | -d | -D | --plugin | --sysroot | --env | --unset-env | --debug | --log) ((i++)) ;;
            -*) [[ ${COMP_WORDS[i]} == *=* ]] || "$emu" --help 2>/dev/null | grep -qE -- "(^|[ ,])${COMP_WORDS[i]} [A-Zn\[]" && ((i++)) ;;
            # The program, and behind it what is its own.
            *) ((i < COMP_CWORD)) && return ;;
        esac
    done
    case $before in
        -p | --plugin)
            if [[ $word == *,* ]]; then
                local name=${word%%,*} head=${word%,*}
                mapfile -t COMPREPLY < <(compgen -P "$head," -W "help $("$emu" -p "$name,help" 2>/dev/null | sed -n 's/^  \([a-z0-9-]*=\{0,1\}\).*/\1/p')" -- "${word##*,}")
            else
                mapfile -t COMPREPLY < <(compgen -W "help $("$emu" -p help 2>/dev/null | sed -n 's/^  \([a-z0-9-]*\) .*/\1/p')" -- "$word")
            fi
            compopt -o nospace
            ;;
        --backend) mapfile -t COMPREPLY < <(compgen -W "$("$emu" --version | sed -n 's/^backends: //p' | tr -d ,) auto" -- "$word") ;;
        --report) mapfile -t COMPREPLY < <(compgen -W "text json csv" -- "$word") ;;
        *)
            if [[ $word == -* ]]; then
                mapfile -t COMPREPLY < <(compgen -W "$("$emu" --help 2>/dev/null | sed -n 's/^  \(-[^ ]*\(, -[^ ]*\)*\).*/\1/p' | tr -d ,)" -- "$word")
            else
                mapfile -t COMPREPLY < <(compgen -f -- "$word")
                compopt -o filenames
            fi
            ;;
    esac
}
complete -F _emu emu
