// The F and D extensions over edge values and all rounding modes: one line per instruction with a hash of the results,
// a hash of the flags, and the union of the flags; then a few results in full.
#include "../tiny.h"

static const u64 doubles[] = { 0x0000000000000000, 0x8000000000000000, 0x3ff0000000000000, 0xbff0000000000000, 0x3ff0000000000001,
    0x3fefffffffffffff, 0x4008000000000000, 0xc01c000000000000, 0x3fb999999999999a, 0x0000000000000001, 0x800fffffffffffff,
    0x0010000000000000, 0x7fefffffffffffff, 0xffefffffffffffff, 0x7ff0000000000000, 0xfff0000000000000, 0x7ff8000000000000,
    0x7ff0000000000001, 0xfff8000012345678, 0x41dfffffffc00000, 0x41e0000000000000, 0xc1e0000000200000, 0x43e0000000000000,
    0xc3e0000000000001, 0x43f0000000000000, 0x3fe0000000000000, 0x4004000000000000, 0x36a0000000000000, 0x47efffffe0000000,
    0x380fffffc0000000, 0x400921fb54442d18, 0x1ff0000000000000 };
static const u32 singles[] = { 0x00000000, 0x80000000, 0x3f800000, 0xbf800000, 0x3f800001, 0x3f7fffff, 0x40400000, 0xc0e00000, 0x3dcccccd,
    0x00000001, 0x807fffff, 0x00800000, 0x7f7fffff, 0xff7fffff, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffc12345, 0x4effffff,
    0x4f000000, 0xcf000001, 0x5f000000, 0xdf000000, 0x5f800000, 0x3f000000, 0x40200000, 0x1f800000, 0x40490fdb, 0x4b7fffff };
static const u64 integers[] = { 0, 1, 0xffffffffffffffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x1000001, 0x20000000000001, 0x7fffffffffffffff,
    0x8000000000000000, 0xfffffffffffff801, 0x123456789abcdef };
enum { DOUBLES = sizeof doubles / 8, SINGLES = sizeof singles / 4, INTEGERS = sizeof integers / 8 };

static u64 results, flag_hash, flag_union;

static void begin(void) {
    results = flag_hash = HASH_START;
    flag_union = 0;
}
static void add(u64 result) {
    u64 flags;
    __asm__ volatile("fsflags %0, x0" : "=r"(flags));
    results = hash_add(results, result);
    flag_hash = hash_add(flag_hash, flags);
    flag_union |= flags;
}
static void end(const char *name) {
    out(name);
    out(" ");
    out_hex(results, 16);
    out(" ");
    out_hex(flag_hash, 16);
    out(" ");
    out_hex(flag_union, 2);
    out("\n");
}
static inline void set_rounding(u64 mode) { __asm__ volatile("fsrm %0" : : "r"(mode)); }

// Values travel through integer registers: fmv keeps NaN payloads, and the box of a single can be spoiled on purpose.
static inline double as_d(u64 bits) { double d; __asm__ volatile("fmv.d.x %0, %1" : "=f"(d) : "r"(bits)); return d; }
static inline u64 of_d(double d) { u64 bits; __asm__ volatile("fmv.x.d %0, %1" : "=r"(bits) : "f"(d)); return bits; }
static inline double as_s(u64 i) { return as_d(i % 16 == 15 ? singles[i] : 0xffffffff00000000ul | singles[i]); }

#define MODES for (u64 mode = 0; mode < 5; mode++)
#define ONE(name, count, from)                                                                   \
    do {                                                                                         \
        begin();                                                                                 \
        MODES {                                                                                  \
            set_rounding(mode);                                                                  \
            for (u64 i = 0; i < count; i++) {                                                    \
                double d;                                                                        \
                __asm__ volatile(name " %0, %1" : "=f"(d) : "f"(from));                          \
                add(of_d(d));                                                                    \
            }                                                                                    \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define TWO(name, count, from)                                                                   \
    do {                                                                                         \
        begin();                                                                                 \
        MODES {                                                                                  \
            set_rounding(mode);                                                                  \
            for (u64 k = 0; k < count * count; k++) {                                            \
                u64 i = k / count;                                                               \
                double a = from;                                                                 \
                i = k % count;                                                                   \
                double b = from, d;                                                              \
                __asm__ volatile(name " %0, %1, %2" : "=f"(d) : "f"(a), "f"(b));                 \
                add(of_d(d));                                                                    \
            }                                                                                    \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define THREE(name, count, from)                                                                 \
    do {                                                                                         \
        begin();                                                                                 \
        MODES {                                                                                  \
            set_rounding(mode);                                                                  \
            for (u64 k = 0; k < count * count; k++) {                                            \
                u64 i = k / count;                                                               \
                double a = from;                                                                 \
                i = k % count;                                                                   \
                double b = from;                                                                 \
                i = (k * 7 + mode) % count;                                                      \
                double c = from, d;                                                              \
                __asm__ volatile(name " %0, %1, %2, %3" : "=f"(d) : "f"(a), "f"(b), "f"(c));     \
                add(of_d(d));                                                                    \
            }                                                                                    \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define COMPARE(name, count, from)                                                               \
    do {                                                                                         \
        begin();                                                                                 \
        for (u64 k = 0; k < count * count; k++) {                                                \
            u64 i = k / count, d;                                                                \
            double a = from;                                                                     \
            i = k % count;                                                                       \
            double b = from;                                                                     \
            __asm__ volatile(name " %0, %1, %2" : "=r"(d) : "f"(a), "f"(b));                     \
            add(d);                                                                              \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define TO_INTEGER(name, count, from)                                                            \
    do {                                                                                         \
        begin();                                                                                 \
        MODES {                                                                                  \
            set_rounding(mode);                                                                  \
            for (u64 i = 0; i < count; i++) {                                                    \
                u64 d;                                                                           \
                __asm__ volatile(name " %0, %1" : "=r"(d) : "f"(from));                          \
                add(d);                                                                          \
            }                                                                                    \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define FROM_INTEGER(name)                                                                       \
    do {                                                                                         \
        begin();                                                                                 \
        MODES {                                                                                  \
            set_rounding(mode);                                                                  \
            for (u64 i = 0; i < INTEGERS; i++) {                                                 \
                double d;                                                                        \
                __asm__ volatile(name " %0, %1" : "=f"(d) : "r"(integers[i]));                   \
                add(of_d(d));                                                                    \
            }                                                                                    \
        }                                                                                        \
        end(name);                                                                               \
    } while (0)
#define D DOUBLES, as_d(doubles[i])
#define S SINGLES, as_s(i)
#define WITH(form, name, ...) form(name, __VA_ARGS__)

static void arithmetic(void) {
    WITH(TWO, "fadd.d", D); WITH(TWO, "fsub.d", D); WITH(TWO, "fmul.d", D); WITH(TWO, "fdiv.d", D); WITH(ONE, "fsqrt.d", D);
    WITH(TWO, "fadd.s", S); WITH(TWO, "fsub.s", S); WITH(TWO, "fmul.s", S); WITH(TWO, "fdiv.s", S); WITH(ONE, "fsqrt.s", S);
    WITH(THREE, "fmadd.d", D); WITH(THREE, "fmsub.d", D); WITH(THREE, "fnmadd.d", D); WITH(THREE, "fnmsub.d", D);
    WITH(THREE, "fmadd.s", S); WITH(THREE, "fmsub.s", S); WITH(THREE, "fnmadd.s", S); WITH(THREE, "fnmsub.s", S);
}
static void selection(void) {
    set_rounding(0);
    WITH(TWO, "fmin.d", D); WITH(TWO, "fmax.d", D); WITH(TWO, "fmin.s", S); WITH(TWO, "fmax.s", S);
    WITH(TWO, "fsgnj.d", D); WITH(TWO, "fsgnjn.d", D); WITH(TWO, "fsgnjx.d", D);
    WITH(TWO, "fsgnj.s", S); WITH(TWO, "fsgnjn.s", S); WITH(TWO, "fsgnjx.s", S);
    WITH(COMPARE, "feq.d", D); WITH(COMPARE, "flt.d", D); WITH(COMPARE, "fle.d", D);
    WITH(COMPARE, "feq.s", S); WITH(COMPARE, "flt.s", S); WITH(COMPARE, "fle.s", S);
    WITH(TO_INTEGER, "fclass.d", D); WITH(TO_INTEGER, "fclass.s", S); WITH(TO_INTEGER, "fmv.x.w", S); WITH(TO_INTEGER, "fmv.x.d", D);
}
static void conversion(void) {
    WITH(TO_INTEGER, "fcvt.w.d", D); WITH(TO_INTEGER, "fcvt.wu.d", D); WITH(TO_INTEGER, "fcvt.l.d", D); WITH(TO_INTEGER, "fcvt.lu.d", D);
    WITH(TO_INTEGER, "fcvt.w.s", S); WITH(TO_INTEGER, "fcvt.wu.s", S); WITH(TO_INTEGER, "fcvt.l.s", S); WITH(TO_INTEGER, "fcvt.lu.s", S);
    FROM_INTEGER("fcvt.d.w"); FROM_INTEGER("fcvt.d.wu"); FROM_INTEGER("fcvt.d.l"); FROM_INTEGER("fcvt.d.lu");
    FROM_INTEGER("fcvt.s.w"); FROM_INTEGER("fcvt.s.wu"); FROM_INTEGER("fcvt.s.l"); FROM_INTEGER("fcvt.s.lu");
    FROM_INTEGER("fmv.w.x"); FROM_INTEGER("fmv.d.x");
    WITH(ONE, "fcvt.s.d", D); WITH(ONE, "fcvt.d.s", S);
}
static void examples(void) {
    static const char *const modes[] = { "rne", "rtz", "rdn", "rup", "rmm" };
    MODES {
        set_rounding(mode);
        double d, third;
        u64 flags, word;
        __asm__ volatile("fdiv.d %0, %1, %2" : "=f"(third) : "f"(as_d(0x3ff0000000000000)), "f"(as_d(0x4008000000000000)));
        __asm__ volatile("fcvt.w.d %0, %1" : "=r"(word) : "f"(as_d(0xc004000000000000)));
        __asm__ volatile("fadd.s %0, %1, %2" : "=f"(d) : "f"(as_d(0xffffffff3f800000)), "f"(as_d(0x000000003f800000)));
        __asm__ volatile("fsflags %0, x0" : "=r"(flags));
        out(modes[mode]);
        out(" 1/3 ");
        out_hex(of_d(third), 16);
        out(" int(-2.5) ");
        out_s64((s64)word);
        out(" unboxed ");
        out_hex(of_d(d), 16);
        out(" flags ");
        out_hex(flags, 2);
        out("\n");
    }
    // Static rounding modes win over frm, which is still round-to-maximum-magnitude here.
    u64 towards_zero, down, up;
    __asm__ volatile("fcvt.l.d %0, %3, rtz\nfcvt.l.d %1, %3, rdn\nfcvt.l.d %2, %3, rup"
                     : "=r"(towards_zero), "=r"(down), "=&r"(up) : "f"(as_d(0xc004000000000000)));
    out_named("rtz", (s64)towards_zero);
    out_named("rdn", (s64)down);
    out_named("rup", (s64)up);
}
static void control(void) {
    u64 value;
    __asm__ volatile("fscsr %0" : : "r"(~0ul));
    __asm__ volatile("frcsr %0" : "=r"(value));
    out_named_hex("fcsr", value);
    __asm__ volatile("csrrwi %0, fflags, 5" : "=r"(value));
    out_named_hex("old fflags", value);
    __asm__ volatile("csrrsi %0, fflags, 8" : "=r"(value));
    out_named_hex("fflags set", value);
    __asm__ volatile("csrrci %0, fflags, 4" : "=r"(value));
    out_named_hex("fflags clear", value);
    __asm__ volatile("csrrw %0, frm, %1" : "=r"(value) : "r"(2ul));
    out_named_hex("old frm", value);
    __asm__ volatile("frcsr %0" : "=r"(value));
    out_named_hex("fcsr", value);
    __asm__ volatile("fscsr x0, x0");
}
static void memory_forms(void) {
    static u32 words[2] = { 0x7fa00001, 0 };
    u64 box;
    double d;
    __asm__ volatile("flw %0, 0(%1)" : "=f"(d) : "r"(words) : "memory");
    box = of_d(d);
    out_named_hex("flw boxes", box);
    __asm__ volatile("fsw %0, 4(%1)" : : "f"(as_d(0x123456789abcdef0)), "r"(words) : "memory");
    out_named_hex("fsw cuts", words[1]);
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    arithmetic();
    selection();
    conversion();
    examples();
    control();
    memory_forms();
    return 0;
}
