// Does one forbidden thing, named by the first argument, and must be killed for it the way Linux kills: the line
// "before" is printed, the line "survived" never.
#include "../tiny.h"

static const u32 text_constant = 7;

// Recursion that the compiler cannot turn into a loop: each frame is read after the call returns.
static __attribute__((noinline)) u64 descend(u64 depth) {
    volatile u64 frame[64];
    for (int i = 0; i < 64; i++) frame[i] = depth + (u64)i;
    return descend(depth + 1) + frame[depth & 63];
}

static void jump_to(u64 address) {
    __asm__ volatile("jalr ra, 0(%0)" : : "r"(address) : "ra", "memory");
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    const char *what = argc > 1 ? argv[1] : "";
    out("before\n");
    if (text_equal(what, "read")) (void)*(volatile u64 *)0x123456788ul;
    else if (text_equal(what, "write")) *(volatile u64 *)0x123456788ul = 1;
    else if (text_equal(what, "null")) (void)*(volatile u8 *)0;
    else if (text_equal(what, "kernel")) (void)*(volatile u64 *)0xffffffff80000000ul;
    else if (text_equal(what, "beyond")) *(volatile u32 *)0x7fffffffffffff00ul = 1;
    else if (text_equal(what, "text-write")) *(volatile u32 *)&text_constant = 8;
    else if (text_equal(what, "exec")) jump_to(0x123456780ul);
    else if (text_equal(what, "exec-null")) jump_to(0);
    else if (text_equal(what, "exec-data")) {
        u64 page = (u64)SYS(NR_mmap, 0, 4096, 3, 0x22, -1, 0);
        *(u32 *)page = 0x00008067; // ret
        jump_to(page);
    } else if (text_equal(what, "unmapped")) {
        u64 page = (u64)SYS(NR_mmap, 0, 8192, 3, 0x22, -1, 0);
        *(volatile u64 *)page = 1;
        SYS(NR_munmap, page + 4096, 4096);
        *(volatile u64 *)(page + 4092) = 1; // the last half lies in the missing page
    } else if (text_equal(what, "no-access")) {
        u64 page = (u64)SYS(NR_mmap, 0, 4096, 3, 0x22, -1, 0);
        *(volatile u64 *)page = 1;
        SYS(NR_mprotect, page, 4096, 0);
        (void)*(volatile u64 *)page;
    } else if (text_equal(what, "stack")) out_u64(descend(1));
    else if (text_equal(what, "illegal")) __asm__ volatile(".4byte 0xffffffff");
    else if (text_equal(what, "zero")) __asm__ volatile(".2byte 0");
    else if (text_equal(what, "break")) __asm__ volatile("ebreak");
    else if (text_equal(what, "csr")) __asm__ volatile("csrr t0, mstatus" : : : "t0");
    else if (text_equal(what, "abort")) SYS(NR_tgkill, SYS(NR_getpid), SYS(NR_gettid), 6);
    else if (text_equal(what, "kill")) SYS(NR_kill, SYS(NR_getpid), 9);
    else if (text_equal(what, "term")) SYS(NR_kill, SYS(NR_getpid), 15);
    out("survived\n");
    return 0;
}
