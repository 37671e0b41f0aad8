// Self-modifying code: the same address holds another instruction after each write, made visible first by `fence.i`,
// then by the riscv_flush_icache system call, then by unmapping and mapping anew.
#include "../tiny.h"

typedef u64 (*Function)(void);

// `li a0, value; ret`, value in 0..2047.
static void write_code(u32 *code, u32 value) {
    code[0] = 0x00000513u | value << 20;
    code[1] = 0x00008067u;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u32 *code = (u32 *)SYS(NR_mmap, 0x30000000, 4096, 7, 0x32, -1, 0);
    u64 total = 0;
    for (u32 i = 1; i <= 1000; i++) {
        write_code(code, i);
        __asm__ volatile("fence.i" : : : "memory");
        u64 got = ((Function)code)();
        if (got != i) out_named("stale code, wanted", i);
        total += got;
    }
    out_named("fence.i total", (s64)total);

    // Hot code: run often enough that every kind of link to it exists before it changes.
    for (u32 round = 1; round <= 3; round++) {
        write_code(code, round * 100);
        __asm__ volatile("fence.i" : : : "memory");
        total = 0;
        for (int i = 0; i < 10000; i++) total += ((Function)code)();
        out_named("hot total", (s64)total);
    }

    write_code(code, 77);
    out_named("flush answers", SYS(NR_riscv_flush_icache, code, code + 2, 0));
    out_named("after flush", (s64)((Function)code)());

    SYS(NR_munmap, code, 4096);
    code = (u32 *)SYS(NR_mmap, 0x30000000, 4096, 3, 0x32, -1, 0);
    write_code(code, 88);
    SYS(NR_mprotect, code, 4096, 5);
    out_named("after mapping anew", (s64)((Function)code)());

    // A function that rewrites itself ahead of its own program counter.
    SYS(NR_mprotect, code, 4096, 7);
    code[16] = 0x05852303u; // lw   t1, 88(a0): the pattern at code[22]
    code[17] = 0x04652823u; // sw   t1, 80(a0): over the instruction at code[20]
    code[18] = 0x0000100fu; // fence.i
    code[19] = 0x00100513u; // addi a0, x0, 1
    code[20] = 0x00200513u;       // addi a0, x0, 2 : replaced by the pattern
    code[21] = 0x00008067u;       // ret
    code[22] = 0x00900513u;       // the pattern: addi a0, x0, 9
    __asm__ volatile("fence.i" : : : "memory");
    register u64 a0 __asm__("a0") = (u64)code;
    __asm__ volatile("jalr ra, 64(%0)" : "+r"(a0) : : "ra", "t1", "memory");
    out_named("rewrote itself", (s64)a0);
    return 0;
}
