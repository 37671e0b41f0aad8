// Static PIE: the program relocates itself, so the segments must lie together at one load address, the dynamic table
// must be readable, and the auxiliary vector must tell the addresses where things really are.
#define TINY_PIE
#include "../tiny.h"

enum { AT_PHDR = 3, AT_PHNUM = 5, AT_BASE = 7, AT_ENTRY = 9, AT_EXECFN = 31, PT_LOAD = 1, PT_DYNAMIC = 2, PT_PHDR = 6 };
extern char _start[];

typedef u64 (*Function)(u64);
static u64 twice(u64 x) { return 2 * x; }
static u64 square(u64 x) { return x * x; }
static const Function table[] = { twice, square };
static const char *const names[] = { "twice", "square" };
static u64 counter = 40, zeroed[2000];
static u64 *const pointer = &counter;

static u64 find(u64 *auxv, u64 key) {
    for (; auxv[0]; auxv += 2)
        if (auxv[0] == key) return auxv[1];
    return 0;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    out("hello from anywhere\n");
    for (long i = 1; i < argc; i++) {
        out(argv[i]);
        out("\n");
    }
    for (int i = 0; i < 2; i++) out_named(((const char *const volatile *)names)[i], (s64)((const volatile Function *)table)[i](9));
    *(u64 *const volatile *)&pointer == &counter ? counter++ : 0;
    out_named("through a pointer", (s64)counter);
    u64 any = 0;
    for (int i = 0; i < 2000; i++) any |= ((volatile u64 *)zeroed)[i];
    out_named("zeroed data", (s64)any);
    u8 *header = (u8 *)find(auxv, AT_PHDR);
    u64 count = find(auxv, AT_PHNUM), loads = 0, dynamic = 0, base = 0;
    for (u64 i = 0; i < count; i++, header += 56) {
        u32 type = *(u32 *)header;
        if (type == PT_LOAD && loads++ == 0) base = (u64)tiny_image - *(u64 *)(header + 16);
        if (type == PT_DYNAMIC) dynamic = *(u64 *)(header + 16);
    }
    out_named("several segments", loads > 1);
    out_named("load address is not zero", base != 0);
    out_named("load address is page aligned", (base & 4095) == 0);
    out_named("dynamic table where the header says", base + dynamic == (u64)tiny_dynamic);
    out_named("entry is _start", find(auxv, AT_ENTRY) == (u64)_start);
    out_named("no interpreter", find(auxv, AT_BASE) == 0);
    return 0;
}
