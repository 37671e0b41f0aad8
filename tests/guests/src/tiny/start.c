// What the kernel puts on the initial stack: arguments, environment, auxiliary vector. Prints only what does not
// depend on the place where the program was loaded or on who runs it.
#include "../tiny.h"

enum { AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, AT_PAGESZ = 6, AT_BASE = 7, AT_FLAGS = 8, AT_ENTRY = 9, AT_UID = 11,
       AT_EUID = 12, AT_GID = 13, AT_EGID = 14, AT_PLATFORM = 15, AT_HWCAP = 16, AT_CLKTCK = 17, AT_SECURE = 23,
       AT_RANDOM = 25, AT_EXECFN = 31 };

extern char _start[];

static u64 find(u64 *auxv, u64 key) {
    for (; auxv[0]; auxv += 2)
        if (auxv[0] == key) return auxv[1];
    return ~0ul;
}
static const char *base_name(const char *path) {
    const char *name = path;
    for (; *path; path++)
        if (*path == '/') name = path + 1;
    return name;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    out_named("argc", argc);
    out("argv[0] ends in ");
    out(base_name(argv[0]));
    out("\n");
    for (long i = 1; i < argc; i++) {
        out("argv ");
        out(argv[i]);
        out("\n");
    }
    out_named("argv ends with null", argv[argc] == 0);
    for (char **e = envp; *e; e++)
        if ((*e)[0] == 'G' && (*e)[1] == '_') {
            out("env ");
            out(*e);
            out("\n");
        }
    u64 stack = (u64)(argv - 1);
    out_named("stack pointer modulo 16", (s64)(stack & 15));
    out_named("page size", (s64)find(auxv, AT_PAGESZ));
    out_named("clock ticks", (s64)find(auxv, AT_CLKTCK));
    out_named("entry is _start", find(auxv, AT_ENTRY) == (u64)_start);
    out_named("phent", (s64)find(auxv, AT_PHENT));
    u8 *header = (u8 *)find(auxv, AT_PHDR);
    u64 count = find(auxv, AT_PHNUM);
    out_named("phdr inside the image", header < (u8 *)_start && count > 0 && count < 16);
    u64 loads = 0;
    for (u64 i = 0; i < count; i++) loads += *(u32 *)(header + 56 * i) == 1;
    out_named("has PT_LOAD", loads > 0);
    u8 *random = (u8 *)find(auxv, AT_RANDOM);
    u64 any = 0;
    for (int i = 0; i < 16; i++) any |= random[i];
    out_named("sixteen random bytes", any != 0);
    out("execfn ends in ");
    out(base_name((char *)find(auxv, AT_EXECFN)));
    out("\n");
    u64 capabilities = find(auxv, AT_HWCAP);
    out("hwcap has ");
    for (int i = 0; i < 26; i++)
        if ((capabilities >> i & 1) && (i == 0 || i == 2 || i == 3 || i == 5 || i == 8 || i == 12)) out_char((char)('A' + i));
    out("\n");
    out_named("uid as getuid", find(auxv, AT_UID) == (u64)SYS(NR_getuid));
    out_named("euid as geteuid", find(auxv, AT_EUID) == (u64)SYS(NR_geteuid));
    out_named("gid as getgid", find(auxv, AT_GID) == (u64)SYS(NR_getgid));
    out_named("egid as getegid", find(auxv, AT_EGID) == (u64)SYS(NR_getegid));
    u64 secure = find(auxv, AT_SECURE);
    out_named("not secure", secure == 0 || secure == ~0ul);
    return 0;
}
