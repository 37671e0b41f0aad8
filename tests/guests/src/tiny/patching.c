// Code that is rewritten without fence.i: cores with Ziccid show the new code in the end, and QEMU at once. Each kind of store, and the kernel's.
#include "../tiny.h"

typedef u64 (*Function)(void);

enum { LI_A0 = 0x00000513, RET = 0x00008067, PAGE = 4096 };

static u32 *page(u64 address) { return (u32 *)SYS(NR_mmap, address, 2 * PAGE, 7, 0x32, -1, 0); }

static void every_width(u32 *code) {
    code[1] = RET;
    u64 sum = 0;
    for (u32 i = 0; i < 2000; i++) {
        code[0] = LI_A0 | (i & 1023) << 20;
        sum += ((Function)code)();
    }
    out_named("words", (s64)sum);
    sum = 0;
    for (u32 i = 0; i < 500; i++) {
        ((volatile u16 *)code)[1] = (u16)((i & 1023) << 4);
        sum += ((Function)code)();
    }
    out_named("halves", (s64)sum);
    sum = 0;
    for (u32 i = 0; i < 500; i++) {
        ((volatile u8 *)code)[3] = (u8)(i & 63);
        sum += ((Function)code)();
    }
    out_named("bytes", (s64)sum);
    sum = 0;
    for (u64 i = 0; i < 500; i++) {
        *(volatile u64 *)code = (u64)RET << 32 | LI_A0 | (i & 1023) << 20;
        sum += ((Function)code)();
    }
    out_named("doubles", (s64)sum);
}
static void odd_stores(u32 *code) {
    u64 sum = 0;
    code[1] = RET;
    for (u32 i = 0; i < 500; i++) {
        __asm__ volatile("amoswap.w zero, %1, (%0)" : : "r"(code), "r"(LI_A0 | (i & 1023) << 20) : "memory");
        sum += ((Function)code)();
    }
    out_named("atomic", (s64)sum);
    sum = 0;
    for (u32 i = 0; i < 500; i++) {
        u32 failed;
        do
            __asm__ volatile("lr.w t0, (%1)\n sc.w %0, %2, (%1)" : "=&r"(failed) : "r"(code), "r"(LI_A0 | (i & 1023) << 20) : "t0", "memory");
        while (failed);
        sum += ((Function)code)();
    }
    out_named("conditional", (s64)sum);
    // A function that lies in two pages, and a store into both.
    u8 *split = (u8 *)code + PAGE - 2;
    *(u16 *)(split + 4) = 0x8082; // ret
    sum = 0;
    for (u32 i = 0; i < 500; i++) {
        u32 insn = LI_A0 | (i & 1023) << 20;
        __asm__ volatile("sw %1, (%0)" : : "r"(split), "r"(insn) : "memory");
        sum += ((Function)split)();
    }
    out_named("in two pages", (s64)sum);
    sum = 0;
    for (u32 i = 0; i < 500; i++) {
        *(volatile u16 *)(split + 2) = (u16)((i & 1023) << 4);
        sum += ((Function)split)();
    }
    out_named("in the second alone", (s64)sum);
}
static void by_the_kernel(u32 *code) {
    int pipe[2];
    u64 sum = 0;
    SYS(NR_pipe2, pipe, 0);
    code[1] = RET;
    for (u32 i = 0; i < 200; i++) {
        u32 insn = LI_A0 | (i & 1023) << 20;
        SYS(NR_write, pipe[1], &insn, 4);
        SYS(NR_read, pipe[0], code, 4);
        sum += ((Function)code)();
    }
    out_named("read", (s64)sum);
    sum = 0;
    for (u32 i = 0; i < 200; i++) {
        u32 insn = LI_A0 | (i & 1023) << 20;
        struct { void *at; u64 length; } parts[2] = { { (u8 *)code + 2 * PAGE - 4, 0 }, { code, 4 } };
        SYS(NR_write, pipe[1], &insn, 4);
        SYS(NR_readv, pipe[0], parts, 2);
        sum += ((Function)code)();
    }
    out_named("readv", (s64)sum);
}
// Data beside code: right, and not thousands of translations.
static void data_beside(u32 *code) {
    u64 sum = 0;
    code[0] = LI_A0 | 5 << 20;
    code[1] = RET;
    for (u32 i = 0; i < 100000; i++) {
        code[512 + i % 256] = i;
        sum += ((Function)code)();
    }
    for (u32 i = 0; i < 256; i++) sum += code[512 + i];
    out_named("data beside code", (s64)sum);
}
// A loop that patches itself: the new instruction is seen in the end.
static void own_loop(void) {
    u32 *code = page(0x34000000);
    static const u32 loop[] = {
        0x00000293, // li   t0, 0
        0x00100313, // li   t1, 1
        0x006282b3, // add  t0, t0, t1      <- becomes addi t0, t0, 1000
        0x00b52423, // sw   a1, 8(a0)
        0xfec2cce3, // blt  t0, a2, -8
        0x00028513, // mv   a0, t0
        RET,
    };
    for (u64 i = 0; i < sizeof loop / 4; i++) code[i] = loop[i];
    register u64 a0 __asm__("a0") = (u64)code;
    register u64 a1 __asm__("a1") = 0x3e828293; // addi t0, t0, 1000
    register u64 a2 __asm__("a2") = 3000000;
    __asm__ volatile("jalr ra, (a0)" : "+r"(a0) : "r"(a1), "r"(a2) : "ra", "t0", "t1", "memory");
    out_named("patched itself", a0 >= 3000000);
}
int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u32 *code = page(0x30000000);
    every_width(code);
    odd_stores(code);
    by_the_kernel(code);
    data_beside(code);
    own_loop();
    return 0;
}
