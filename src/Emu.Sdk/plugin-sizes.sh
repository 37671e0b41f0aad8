#!/bin/sh
# plugin-sizes.sh FILE ASSEMBLY...
# What each plugin adds to a native file: bytes of the symbols that name its assembly, one line "BYTES ASSEMBLY" each, largest first. What is compiled once for each plugin, such as an engine
# handler with its callback in it, names the plugin too. FILE has its symbols still.
file=$1
shift
LC_ALL=C nm -S -t d --defined-only "$file" | awk -v assemblies="$*" '
    BEGIN {
        count = split(assemblies, name, " ")
        for (i = 1; i <= count; i++) {
            mangled = name[i]
            gsub(/[^A-Za-z0-9]/, "_", mangled)
            pattern[i] = "(^|[^A-Za-z_])" mangled "_"
            any = any (i > 1 ? "|" : "") pattern[i]
        }
    }
    NF == 4 && $4 ~ any {
        for (i = 1; i <= count; i++)
            if ($4 ~ pattern[i])
                bytes[i] += $2
    }
    END {
        for (i = 1; i <= count; i++)
            printf "%d %s\n", bytes[i], name[i]
    }' | sort -k1,1nr -k2
