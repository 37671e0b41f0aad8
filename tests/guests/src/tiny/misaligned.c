// Misaligned loads and stores of every width, also across a page; they succeed on Linux. A jump to an odd address
// clears its lowest bit (JALR), and instructions may lie on any even address, even across a page.
#include "../tiny.h"

typedef u64 (*Function)(void);

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u8 *area = (u8 *)SYS(NR_mmap, 0, 8192, 3, 0x22, -1, 0);
    for (int i = 0; i < 8192; i++) area[i] = (u8)(i * 31 + (i >> 8));
    u64 hash = HASH_START;
    for (int offset = 4080; offset < 4104; offset++) {
        u8 *at = area + offset;
        u64 d; u32 w; u16 h; s64 sw, sh; double f;
        __asm__ volatile("ld %0, 0(%6)\nlwu %1, 0(%6)\nlhu %2, 0(%6)\nlw %3, 0(%6)\nlh %4, 0(%6)\nfld %5, 0(%6)"
                         : "=&r"(d), "=&r"(w), "=&r"(h), "=&r"(sw), "=&r"(sh), "=&f"(f) : "r"(at) : "memory");
        u64 bits;
        __asm__("fmv.x.d %0, %1" : "=r"(bits) : "f"(f));
        hash = hash_add(hash_add(hash_add(hash_add(hash_add(hash_add(hash, d), w), h), (u64)sw), (u64)sh), bits);
    }
    out_named_hex("loads", hash);
    for (int offset = 4081; offset < 4097; offset++) {
        u8 *at = area + offset;
        __asm__ volatile("sd %1, 0(%0)\nsw %2, 3(%0)\nsh %1, 1(%0)" : : "r"(at), "r"(0x1122334455667788ul * (u64)offset), "r"(hash) : "memory");
    }
    hash = HASH_START;
    for (int i = 4072; i < 4120; i++) hash = hash_add(hash, area[i]);
    out_named_hex("stores", hash);

    SYS(NR_mprotect, area, 8192, 7);
    u32 halves[4] = { 0x02a00513, 0x00008067, 0, 0 }; // li a0, 42; ret
    for (int offset = 4086; offset <= 4098; offset += 2) {
        memcpy(area + offset, halves, 8);
        __asm__ volatile("fence.i" : : : "memory");
        if (((Function)(area + offset))() != 42) out_named("wrong at", offset);
        if (((Function)(area + offset + 1))() != 42) out_named("wrong at odd", offset);
    }
    out("code on even addresses runs\n");
    return 0;
}
