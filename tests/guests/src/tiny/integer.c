// Every integer instruction of RV64IMC over edge values: one line per instruction with a hash of all results.
#include "../tiny.h"

static const u64 values[] = { 0, 1, 2, 3, 5, 7, 31, 32, 33, 63, 64, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7ffffffe, 0x7fffffff,
    0x80000000, 0x80000001, 0xffffffff, 0x100000000, 0x123456789abcdef, 0xfedcba9876543210, 0x7fffffffffffffff, 0x8000000000000000,
    0x8000000000000001, 0xffffffff00000000, 0xffffffff7fffffff, 0xffffffff80000000, 0xfffffffffffffffe, 0xffffffffffffffff };
enum { COUNT = sizeof values / sizeof values[0] };

static void show(const char *name, u64 hash) {
    out(name);
    out(" ");
    out_hex(hash, 16);
    out("\n");
}

#define PAIRS for (int i = 0; i < COUNT; i++) for (int j = 0; j < COUNT; j++)
#define R(name)                                                                                          \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        PAIRS {                                                                                          \
            u64 d;                                                                                       \
            __asm__(name " %0, %1, %2" : "=r"(d) : "r"(values[i]), "r"(values[j]));                      \
            hash = hash_add(hash, d);                                                                    \
        }                                                                                                \
        show(name, hash);                                                                                \
    } while (0)
#define I1(name, imm)                                                                                    \
    do {                                                                                                 \
        for (int i = 0; i < COUNT; i++) {                                                                \
            u64 d;                                                                                       \
            __asm__(name " %0, %1, " #imm : "=r"(d) : "r"(values[i]));                                   \
            hash = hash_add(hash, d);                                                                    \
        }                                                                                                \
    } while (0)
#define IMMEDIATE(name)                                                                                  \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        I1(name, 0); I1(name, 1); I1(name, -1); I1(name, 31); I1(name, -32); I1(name, 0x555);            \
        I1(name, 2047); I1(name, -2048); I1(name, -1366);                                                \
        show(name, hash);                                                                                \
    } while (0)
#define SHIFT32(name)                                                                                    \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        I1(name, 0); I1(name, 1); I1(name, 7); I1(name, 16); I1(name, 30); I1(name, 31);                 \
        show(name, hash);                                                                                \
    } while (0)
#define SHIFT64(name)                                                                                    \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        I1(name, 0); I1(name, 1); I1(name, 31); I1(name, 32); I1(name, 33); I1(name, 62); I1(name, 63);  \
        show(name, hash);                                                                                \
    } while (0)
#define BRANCH(name)                                                                                     \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        PAIRS {                                                                                          \
            u64 d = 1;                                                                                   \
            __asm__ volatile(name " %1, %2, 1f\nli %0, 0\n1:" : "+r"(d) : "r"(values[i]), "r"(values[j])); \
            hash = hash_add(hash, d);                                                                    \
        }                                                                                                \
        show(name, hash);                                                                                \
    } while (0)
// A compressed instruction whose destination is also its first operand; `s` registers satisfy the short fields.
#define C2(name)                                                                                         \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        PAIRS {                                                                                          \
            register u64 d __asm__("s0") = values[i];                                                    \
            register u64 s __asm__("s1") = values[j];                                                    \
            __asm__ volatile(name " %0, %1" : "+r"(d) : "r"(s));                                         \
            hash = hash_add(hash, d);                                                                    \
        }                                                                                                \
        show(name, hash);                                                                                \
    } while (0)
#define C1(name, imm)                                                                                    \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        for (int i = 0; i < COUNT; i++) {                                                                \
            register u64 d __asm__("s0") = values[i];                                                    \
            __asm__ volatile(name " %0, " #imm : "+r"(d));                                               \
            hash = hash_add(hash, d);                                                                    \
        }                                                                                                \
        show(name " " #imm, hash);                                                                       \
    } while (0)
#define LOADS(name)                                                                                      \
    do {                                                                                                 \
        u64 hash = HASH_START;                                                                           \
        for (u64 at = 8; at < sizeof values - 16; at++) {                                                \
            u64 d, e;                                                                                    \
            __asm__ volatile(name " %0, 0(%2)\n" name " %1, -8(%2)" : "=&r"(d), "=r"(e) : "r"((u8 *)values + at) : "memory"); \
            hash = hash_add(hash_add(hash, d), e);                                                       \
        }                                                                                                \
        show(name, hash);                                                                                \
    } while (0)
#define STORES(name)                                                                                     \
    do {                                                                                                 \
        u64 hash = HASH_START, area[4] = { 1, 2, 3, 4 };                                                 \
        for (int i = 0; i < COUNT; i++) {                                                                \
            __asm__ volatile(name " %0, 3(%1)\n" name " %0, 11(%1)" : : "r"(values[i]), "r"(area) : "memory"); \
            for (int k = 0; k < 4; k++) hash = hash_add(hash, area[k]);                                  \
        }                                                                                                \
        show(name, hash);                                                                                \
    } while (0)

static void base(void) {
    R("add"); R("sub"); R("sll"); R("slt"); R("sltu"); R("xor"); R("srl"); R("sra"); R("or"); R("and");
    R("addw"); R("subw"); R("sllw"); R("srlw"); R("sraw");
    IMMEDIATE("addi"); IMMEDIATE("slti"); IMMEDIATE("sltiu"); IMMEDIATE("xori"); IMMEDIATE("ori"); IMMEDIATE("andi"); IMMEDIATE("addiw");
    SHIFT64("slli"); SHIFT64("srli"); SHIFT64("srai");
    SHIFT32("slliw"); SHIFT32("srliw"); SHIFT32("sraiw");
}
static void multiply(void) {
    R("mul"); R("mulh"); R("mulhsu"); R("mulhu"); R("div"); R("divu"); R("rem"); R("remu");
    R("mulw"); R("divw"); R("divuw"); R("remw"); R("remuw");
}
static void flow(void) {
    BRANCH("beq"); BRANCH("bne"); BRANCH("blt"); BRANCH("bge"); BRANCH("bltu"); BRANCH("bgeu");
    u64 a, b, c;
    __asm__ volatile(".option push\n.option norelax\n.option norvc\n"
                     "auipc %0, 0\n1: jal %1, 2f\n2: sub %1, %1, %0\n"
                     "la %2, 3f\njalr %2, 0(%2)\n3: sub %2, %2, %0\nauipc %0, 0xfffff\n"
                     "auipc t0, 0\nsub %0, t0, %0\n.option pop" : "=&r"(a), "=&r"(b), "=&r"(c) : : "t0");
    out_named("auipc distance", (s64)a);
    out_named("jal link", (s64)b);
    out_named("jalr link", (s64)c);
    __asm__ volatile("la %0, 1f\njalr %0, 0(%0)\n1: la t0, 1b\nsub %0, %0, t0" : "=&r"(a) : : "t0");
    out_named("jalr with rd = rs1", (s64)a);
    __asm__ volatile("lui %0, 0x80000\nlui %1, 0x7ffff\nlui %2, 1" : "=r"(a), "=r"(b), "=r"(c));
    out_named_hex("lui", hash_add(hash_add(hash_add(HASH_START, a), b), c));
    __asm__ volatile("add x0, %1, %1\nlw x0, 0(%2)\nmv %0, x0" : "=r"(a) : "r"(55ul), "r"(values));
    out_named("x0 stays", (s64)a);
}
static void memory(void) {
    LOADS("lb"); LOADS("lbu"); LOADS("lh"); LOADS("lhu"); LOADS("lw"); LOADS("lwu"); LOADS("ld");
    STORES("sb"); STORES("sh"); STORES("sw"); STORES("sd");
}
static void compressed(void) {
    C2("c.add"); C2("c.mv"); C2("c.and"); C2("c.or"); C2("c.xor"); C2("c.sub"); C2("c.addw"); C2("c.subw");
    C1("c.addi", 31); C1("c.addi", -32); C1("c.addiw", 31); C1("c.addiw", -32); C1("c.addiw", 0); C1("c.andi", 31); C1("c.andi", -32);
    C1("c.slli", 1); C1("c.slli", 63); C1("c.srli", 1); C1("c.srli", 63); C1("c.srai", 1); C1("c.srai", 63);
    C1("c.li", 31); C1("c.li", -32); C1("c.lui", 31); C1("c.lui", 0xfffe0);
    u64 d, area[33];
    for (u64 i = 0; i < 33; i++) area[i] = i * 0x0807060584838281ul;
    u64 hash = HASH_START;
    register u64 *p __asm__("s0") = area;
    register u64 v __asm__("s1");
    __asm__ volatile("c.ld s1, 0(s0)\nc.ld s1, 248(s0)\nc.sd s1, 8(s0)\nc.lw s1, 124(s0)\nc.sw s1, 4(s0)" : "=r"(v) : "r"(p) : "memory");
    hash = hash_add(hash, v);
    __asm__ volatile("mv t0, sp\nmv sp, %1\nc.ldsp t1, 200(sp)\nc.sdsp t1, 16(sp)\nc.lwsp t2, 128(sp)\nc.swsp t2, 24(sp)\n"
                     "c.addi4spn s1, sp, 1020\nc.addi16sp sp, -512\nsub s1, s1, sp\nmv sp, t0\nmv %0, s1"
                     : "=r"(d) : "r"(area) : "t0", "t1", "t2", "s1", "memory");
    hash = hash_add(hash, d);
    for (int i = 0; i < 33; i++) hash = hash_add(hash, area[i]);
    show("stack and memory forms", hash);
    __asm__ volatile("li %0, 0\nli s1, 3\n1: c.addi %0, 1\nc.addi s1, -1\nc.bnez s1, 1b\nc.beqz s1, 2f\nli %0, 100\n2: c.j 3f\nli %0, 200\n3: c.nop\n"
                     "la s1, 4f\nc.jalr s1\nli %0, 300\nc.j 5f\n4: c.addi %0, 5\nc.mv s1, ra\naddi s1, s1, 4\nc.jr s1\n5:"
                     : "=&r"(d) : : "s1", "ra");
    out_named("compressed flow", (s64)d);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    base();
    multiply();
    flow();
    memory();
    compressed();
    return 0;
}
