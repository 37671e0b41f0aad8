// Computes floating-point vectors with this machine's own instructions: the truth for Emu.Ir.Float.
//
// Reads lines "OP SIZE MODE A B C" from standard input (OP: the IR op's name without "Float"; SIZE: 2, 4 or 8 bytes; MODE:
// the rounding mode's number; operands: bit patterns in hexadecimal) and writes each line again with the result's pattern
// and the exception flags behind it. Needs no C library. Exits with 1 at the first line that it does not understand.

typedef unsigned long u64;

struct vector { u64 mode, a, b, c, value, flags; };

// The operands go to ft0..ft2, the result comes from ft3 or directly into an integer register; the instruction's
// rounding mode is dynamic wherever it has one.
#define OPERATION(name, load, instruction, store)                                                                  \
    static void name(struct vector *v)                                                                             \
    {                                                                                                              \
        asm volatile(                                                                                              \
            load " ft0, %[a]\n" load " ft1, %[b]\n" load " ft2, %[c]\n"                                            \
            "fsrm %[mode]\n fsflags zero\n" instruction "\n frflags %[flags]\n" store                              \
            : [value] "=&r"(v->value), [flags] "=&r"(v->flags)                                                     \
            : [a] "r"(v->a), [b] "r"(v->b), [c] "r"(v->c), [mode] "r"(v->mode)                                     \
            : "ft0", "ft1", "ft2", "ft3");                                                                         \
    }

asm(".option arch, +zfh");

#define TO_FLOAT2 "fmv.x.h %[value], ft3\n slli %[value], %[value], 48\n srli %[value], %[value], 48"
#define TO_FLOAT4 "fmv.x.w %[value], ft3\n slli %[value], %[value], 32\n srli %[value], %[value], 32"
#define TO_FLOAT8 "fmv.x.d %[value], ft3"

#define FORMAT(size, load, p, to_float)                                                                            \
    OPERATION(Add##size, load, "fadd." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Sub##size, load, "fsub." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Mul##size, load, "fmul." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Div##size, load, "fdiv." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Sqrt##size, load, "fsqrt." p " ft3, ft0", to_float)                                                  \
    OPERATION(MulAdd##size, load, "fmadd." p " ft3, ft0, ft1, ft2", to_float)                                      \
    OPERATION(Min##size, load, "fmin." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Max##size, load, "fmax." p " ft3, ft0, ft1", to_float)                                               \
    OPERATION(Equal##size, load, "feq." p " %[value], ft0, ft1", "")                                               \
    OPERATION(Less##size, load, "flt." p " %[value], ft0, ft1", "")                                                \
    OPERATION(LessEqual##size, load, "fle." p " %[value], ft0, ft1", "")                                           \
    OPERATION(Class##size, load, "fclass." p " %[value], ft0", "")                                                 \
    OPERATION(ToInt32##size, load, "fcvt.w." p " %[value], ft0, dyn", "")                                          \
    OPERATION(ToUInt32##size, load, "fcvt.wu." p " %[value], ft0, dyn", "")                                        \
    OPERATION(ToInt64##size, load, "fcvt.l." p " %[value], ft0, dyn", "")                                          \
    OPERATION(ToUInt64##size, load, "fcvt.lu." p " %[value], ft0, dyn", "")                                        \
    OPERATION(FromInt32##size, load, "fcvt." p ".w ft3, %[a]", to_float)                                           \
    OPERATION(FromUInt32##size, load, "fcvt." p ".wu ft3, %[a]", to_float)                                         \
    OPERATION(FromInt64##size, load, "fcvt." p ".l ft3, %[a]", to_float)                                           \
    OPERATION(FromUInt64##size, load, "fcvt." p ".lu ft3, %[a]", to_float)

// Zfa is not known to the assembler: the numbers are funct3 (7: the dynamic mode), funct7 and, where there is one operand, rs2.
#define ADDITIONAL(size, load, f, to_float)                                                                        \
    OPERATION(Minimum##size, load, ".insn r 0x53, 2, 0x14+" f ", ft3, ft0, ft1", to_float)                         \
    OPERATION(Maximum##size, load, ".insn r 0x53, 3, 0x14+" f ", ft3, ft0, ft1", to_float)                         \
    OPERATION(LessQuiet##size, load, ".insn r 0x53, 5, 0x50+" f ", %[value], ft0, ft1", "")                        \
    OPERATION(LessEqualQuiet##size, load, ".insn r 0x53, 4, 0x50+" f ", %[value], ft0, ft1", "")                   \
    OPERATION(Round##size, load, ".insn r 0x53, 7, 0x20+" f ", ft3, ft0, f4", to_float)                            \
    OPERATION(RoundExact##size, load, ".insn r 0x53, 7, 0x20+" f ", ft3, ft0, f5", to_float)

FORMAT(2, "fmv.h.x", "h", TO_FLOAT2)
FORMAT(4, "fmv.w.x", "s", TO_FLOAT4)
FORMAT(8, "fmv.d.x", "d", TO_FLOAT8)
ADDITIONAL(2, "fmv.h.x", "2", TO_FLOAT2)
ADDITIONAL(4, "fmv.w.x", "0", TO_FLOAT4)
ADDITIONAL(8, "fmv.d.x", "1", TO_FLOAT8)
OPERATION(ToInt32Modular8, "fmv.d.x", ".insn r 0x53, 1, 0x61, %[value], ft0, f8", "")
OPERATION(FromHalf4, "fmv.h.x", "fcvt.s.h ft3, ft0", TO_FLOAT4)
OPERATION(FromHalf8, "fmv.h.x", "fcvt.d.h ft3, ft0", TO_FLOAT8)
OPERATION(ToHalf4, "fmv.w.x", "fcvt.h.s ft3, ft0", TO_FLOAT2)
OPERATION(ToHalf8, "fmv.d.x", "fcvt.h.d ft3, ft0", TO_FLOAT2)
OPERATION(Widen4, "fmv.w.x", "fcvt.d.s ft3, ft0", TO_FLOAT8)
OPERATION(Narrow8, "fmv.d.x", "fcvt.s.d ft3, ft0", TO_FLOAT4)

struct row { const char *name; void (*compute[3])(struct vector *); };

#define ROW(name) { #name, { name##2, name##4, name##8 } }
static const struct row rows[] = {
    ROW(Add), ROW(Sub), ROW(Mul), ROW(Div), ROW(Sqrt), ROW(MulAdd), ROW(Min), ROW(Max), ROW(Equal), ROW(Less),
    ROW(LessEqual), ROW(Class), ROW(ToInt32), ROW(ToUInt32), ROW(ToInt64), ROW(ToUInt64), ROW(FromInt32),
    ROW(FromUInt32), ROW(FromInt64), ROW(FromUInt64), { "Widen", { 0, Widen4, 0 } }, { "Narrow", { 0, 0, Narrow8 } },
    ROW(Minimum), ROW(Maximum), ROW(LessQuiet), ROW(LessEqualQuiet), ROW(Round), ROW(RoundExact),
    { "ToInt32Modular", { 0, 0, ToInt32Modular8 } }, { "FromHalf", { 0, FromHalf4, FromHalf8 } }, { "ToHalf", { 0, ToHalf4, ToHalf8 } },
};

static long system_call(long number, long a, long b, long c)
{
    register long a0 asm("a0") = a, a1 asm("a1") = b, a2 asm("a2") = c, a7 asm("a7") = number;
    asm volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
    return a0;
}

static void leave(int code)
{
    for (;;) system_call(93, code, 0, 0);
}

static char input[1 << 16], output[1 << 16];
static long input_next, input_end, output_end;

static void flush(void)
{
    for (long done = 0; done < output_end;)
    {
        long n = system_call(64, 1, (long)(output + done), output_end - done);
        if (n <= 0) leave(1);
        done += n;
    }
    output_end = 0;
}

static void put(char c)
{
    if (output_end == sizeof output) flush();
    output[output_end++] = c;
}

static int get(void)
{
    if (input_next == input_end)
    {
        input_next = 0;
        input_end = system_call(63, 0, (long)input, sizeof input);
        if (input_end <= 0) return -1;
    }
    return input[input_next++];
}

// Reads up to the next blank and repeats what it reads.
static int read_word(char *word, int size)
{
    int length = 0, c = get();
    for (; c > ' '; c = get())
    {
        if (length == size - 1) leave(1);
        word[length++] = c;
        put(c);
    }
    word[length] = 0;
    if (c >= 0) put(' ');
    return length;
}

static u64 read_hex(void)
{
    char word[20];
    u64 value = 0;
    if (read_word(word, sizeof word) == 0) leave(1);
    for (char *p = word; *p; p++) value = value << 4 | (*p <= '9' ? *p - '0' : *p - 'a' + 10);
    return value;
}

static void write_hex(u64 value)
{
    int shift = 60;
    while (shift > 0 && value >> shift == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) put("0123456789abcdef"[value >> shift & 15]);
}

static int equal(const char *a, const char *b)
{
    while (*a && *a == *b) a++, b++;
    return *a == *b;
}

static void compute(const char *name, u64 size, struct vector *v)
{
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
    {
        void (*f)(struct vector *) = rows[i].compute[size == 8 ? 2 : size == 4];
        if (!equal(rows[i].name, name) || !f) continue;
        f(v);
        return;
    }
    leave(1);
}

__attribute__((used)) static void run(void)
{
    char name[20];
    while (read_word(name, sizeof name) != 0)
    {
        struct vector v;
        u64 size = read_hex();
        v.mode = read_hex();
        v.a = read_hex();
        v.b = read_hex();
        v.c = read_hex();
        compute(name, size, &v);
        write_hex(v.value);
        put(' ');
        write_hex(v.flags);
        put('\n');
    }
    flush();
    leave(0);
}

asm(".globl _start\n_start: .option push\n .option norelax\n la gp, __global_pointer$\n .option pop\n j run");
