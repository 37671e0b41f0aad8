// One or more instructions of each extension that the emulator adds to rv64gc, with operands that tell a wrong result from a right one.
// `extensions NAME` runs one of them alone, so that a processor without it can be seen to refuse it.
#include "../tiny.h"

// What the assembler does not know is written by numbers: .insn with funct3 and funct7, or the word itself.
__asm__(".option arch, +zba, +zbb, +zbc, +zbs, +zbkb, +zicbom, +zicboz, +zicbop, +zawrs, +zfh");

static const char *chosen;

static int begin(const char *name) {
    u64 i = 0;
    if (chosen) {
        while (chosen[i] && chosen[i] == name[i]) i++;
        if (chosen[i] != name[i]) return 0;
    }
    out(name);
    return 1;
}
static void end(void) { out("\n"); }
static void out_hex16(u64 value) { out_hex(value, 16); }

#define BINARY(text) ({ u64 r_; __asm__ volatile(text " %0, %1, %2" : "=r"(r_) : "r"(a), "r"(b)); out(" "); out_hex16(r_); })
#define UNARY(text) ({ u64 r_; __asm__ volatile(text " %0, %1" : "=r"(r_) : "r"(a)); out(" "); out_hex16(r_); })
#define INSN(opcode, f3, f7) ({ u64 r_; __asm__ volatile(".insn r " #opcode ", " #f3 ", " #f7 ", %0, %1, %2" : "=r"(r_) : "r"(a), "r"(b)); out(" "); out_hex16(r_); })
#define FLOAT(text) ({ u64 r_; __asm__ volatile("fmv.d.x ft0, %1\n fmv.d.x ft1, %2\n" text "\n fmv.x.d %0, ft2" : "=r"(r_) : "r"(a), "r"(b) : "ft0", "ft1", "ft2"); out(" "); out_hex16(r_); })

static u64 block[16] __attribute__((aligned(64)));

static u64 swap(u64 *place, u64 expected, u64 stored, int quad) {
    register u64 a0 __asm__("a0") = expected;
    register u64 a1 __asm__("a1") = expected + 1;
    register u64 a2 __asm__("a2") = stored;
    register u64 a3 __asm__("a3") = stored + 1;
    register u64 *a4 __asm__("a4") = place;
    if (quad)
        __asm__ volatile(".insn r 0x2f, 4, 0x14, a0, a4, a2" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a3), "r"(a4) : "memory");
    else
        __asm__ volatile(".insn r 0x2f, 3, 0x14, a0, a4, a2" : "+r"(a0) : "r"(a2), "r"(a4) : "memory");
    return a0;
}

static void integers(u64 a, u64 b) {
    if (begin("zba")) { BINARY("sh1add"); BINARY("sh3add.uw"); BINARY("add.uw"); end(); }
    if (begin("zbb")) { BINARY("andn"); UNARY("clz"); UNARY("ctzw"); UNARY("cpop"); BINARY("max"); BINARY("minu"); BINARY("rol"); UNARY("orc.b"); UNARY("rev8"); UNARY("zext.h"); end(); }
    if (begin("zbc")) { BINARY("clmul"); BINARY("clmulh"); BINARY("clmulr"); end(); }
    if (begin("zbs")) { BINARY("bclr"); BINARY("bext"); BINARY("binv"); BINARY("bset"); end(); }
    if (begin("zbkb")) { BINARY("pack"); BINARY("packh"); BINARY("packw"); UNARY("brev8"); end(); }
    if (begin("zicond")) { INSN(0x33, 5, 7); INSN(0x33, 7, 7); end(); }
    if (begin("zimop")) { INSN(0x73, 4, 0x41); end(); }
}

static void compressed(u64 a) {
    register u64 a0 __asm__("a0") = a;
    if (begin("zcmop")) { __asm__ volatile(".2byte 0x6081"); end(); }
    if (!begin("zcb")) return;
    a0 = a;
    __asm__ volatile(".2byte 0x9d61" : "+r"(a0)); // c.zext.b a0
    u64 byte = a0;
    a0 = a;
    __asm__ volatile(".2byte 0x9d75" : "+r"(a0)); // c.not a0
    u64 complement = a0;
    out(" ");
    out_hex16(byte);
    out(" ");
    out_hex16(complement);
    end();
}

static void memory(u64 a, u64 b) {
    for (int i = 0; i < 16; i++) block[i] = a + i;
    if (begin("zicboz")) { __asm__ volatile("cbo.zero (%0)" : : "r"(block + 3) : "memory"); out(" "); out_hex16(block[7] | block[0]); out(" "); out_hex16(block[8]); end(); }
    if (begin("zicbop")) { __asm__ volatile("prefetch.r 0(%0)\n prefetch.w 32(zero)" : : "r"(block)); end(); }
    if (begin("zawrs")) { __asm__ volatile("wrs.sto\n wrs.nto"); end(); }
    if (begin("zihintntl")) { __asm__ volatile("add zero, zero, sp\n .2byte 0x9016"); end(); }
    block[8] = 41;
    block[9] = 42;
    if (begin("zacas")) {
        out(" ");
        out_hex16(swap(block + 8, 40, 7, 1));
        out_hex16(swap(block + 8, 41, 7, 1));
        out_hex16(swap(block + 8, 7, b, 0));
        out(" ");
        out_hex16(block[8]);
        out(" ");
        out_hex16(block[9]);
        end();
    }
    if (begin("zabha")) {
        u64 old;
        __asm__ volatile(".insn r 0x2f, 0, 0, %0, %1, %2" : "=r"(old) : "r"((u8 *)block + 65), "r"(b) : "memory"); // amoadd.b
        out(" ");
        out_hex16(old);
        out(" ");
        out_hex16(block[8]);
        end();
    }
}

static void floats(u64 a, u64 b) {
    if (begin("zfhmin")) { FLOAT("fcvt.s.h ft2, ft0"); FLOAT("fcvt.d.h ft2, ft1"); FLOAT("fcvt.h.d ft2, ft0"); end(); }
    if (begin("zfh")) { FLOAT("fadd.h ft2, ft0, ft1"); FLOAT("fmul.h ft2, ft0, ft1"); FLOAT("fdiv.h ft2, ft0, ft1"); FLOAT("fsqrt.h ft2, ft1"); end(); }
    if (begin("zfa")) { FLOAT(".insn r 0x53, 0, 0x79, ft2, f21, f1"); FLOAT("fcvt.d.h ft0, ft0\n .insn r 0x53, 1, 0x21, ft2, ft0, f4"); FLOAT(".insn r 0x53, 3, 0x16, ft2, ft0, ft1"); end(); }
}

int tiny_main(long argc, char **argv, char **envp, unsigned long *auxv) {
    (void)envp;
    (void)auxv;
    chosen = argc > 1 ? argv[1] : 0;
    u64 a = 0x80012300f0040506, b = 0x0123456789abcdef;
    integers(a, b);
    compressed(a);
    memory(a, b);
    floats(0xffffffffffff4123, 0xffffffffffff3a5c);
    return 0;
}
