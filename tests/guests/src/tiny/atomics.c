// Every atomic of the A extension with one thread: what memory and the destination register hold afterwards.
#include "../tiny.h"

static u64 cell[4];

#define AMO(operation, start, operand)                                                              \
    do {                                                                                            \
        u64 old;                                                                                    \
        cell[1] = (start);                                                                          \
        __asm__ volatile("amo" operation " %0, %2, (%1)" : "=&r"(old) : "r"(&cell[1]), "r"(operand) : "memory"); \
        out(operation " ");                                                                         \
        out_hex(old, 16);                                                                           \
        out(" ");                                                                                   \
        out_hex(cell[1], 16);                                                                       \
        out("\n");                                                                                  \
    } while (0)
#define BOTH(name)                                                       \
    do {                                                                 \
        AMO(name ".w", 0x0123456789abcdeful, 0x00000000f0f0f0f1ul);      \
        AMO(name ".w", 0xffffffff7ffffffful, 0x1ul);                     \
        AMO(name ".w.aqrl", 0x0000000080000000ul, 0x7ffffffful);         \
        AMO(name ".d", 0x8123456789abcdeful, 0x70f0f0f0f0f0f0f1ul);      \
        AMO(name ".d", 0x7ffffffffffffffful, ~0ul);                      \
        AMO(name ".d.aq", 0x8000000000000000ul, 5ul);                    \
    } while (0)

static void same_register(void) {
    u64 value = 5;
    cell[1] = 37;
    __asm__ volatile("amoadd.d %0, %0, (%1)" : "+r"(value) : "r"(&cell[1]) : "memory");
    out_named("destination is operand", (s64)(value * 1000 + cell[1]));
    __asm__ volatile("amoswap.d x0, %0, (%1)" : : "r"(99ul), "r"(&cell[1]) : "memory");
    out_named("to x0", (s64)cell[1]);
}
static void reserved(void) {
    u64 loaded, failed, other;
    cell[1] = 0xfffffffffffffff6ul;
    __asm__ volatile("lr.d %0, (%2)\nsc.d %1, %3, (%2)" : "=&r"(loaded), "=&r"(failed) : "r"(&cell[1]), "r"(11ul) : "memory");
    out_named("lr/sc", (s64)loaded);
    out_named("failed", (s64)failed);
    out_named("stored", (s64)cell[1]);
    __asm__ volatile("sc.d %0, %2, (%1)" : "=&r"(failed) : "r"(&cell[1]), "r"(12ul) : "memory");
    out_named("sc alone fails", failed != 0);
    out_named("kept", (s64)cell[1]);
    __asm__ volatile("lr.w %0, (%2)\nsc.w %1, %3, (%4)" : "=&r"(loaded), "=&r"(failed) : "r"(&cell[1]), "r"(13ul), "r"(&cell[3]) : "memory");
    out_named("sc elsewhere fails", failed != 0);
    cell[1] = 0x80000000ul;
    __asm__ volatile("lr.w %0, (%3)\nlr.w %1, (%3)\nsc.w %2, %4, (%3)" : "=&r"(loaded), "=&r"(other), "=&r"(failed) : "r"(&cell[1]), "r"(-3l) : "memory");
    out_named("lr.w extends the sign", (s64)loaded);
    out_named_hex("sc.w stores half", cell[1]);
    out_named("failed", (s64)failed);
}
static u64 count_with_loops(void) {
    u64 n = 0;
    for (int i = 0; i < 1000; i++) {
        __atomic_fetch_add(&n, 3, __ATOMIC_SEQ_CST);
        u64 seen = __atomic_load_n(&n, __ATOMIC_ACQUIRE);
        while (!__atomic_compare_exchange_n(&n, &seen, seen ^ 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED)) { }
    }
    return n;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    BOTH("swap");
    BOTH("add");
    BOTH("xor");
    BOTH("and");
    BOTH("or");
    BOTH("min");
    BOTH("max");
    BOTH("minu");
    BOTH("maxu");
    same_register();
    reserved();
    out_named("loops", (s64)count_with_loops());
    return 0;
}
