// A C runtime of one header for guest programs that need no libc: the entry point, raw system calls, line-buffered
// output, and the four memory functions that the compiler calls by itself. A program includes it once and defines
// `int tiny_main(long argc, char **argv, char **envp, unsigned long *auxv)`.
#ifndef TINY_H
#define TINY_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef signed char s8;
typedef short s16;
typedef int s32;
typedef long s64;

// System call numbers of the generic Linux table (asm-generic/unistd.h) and the one that RISC-V adds.
enum {
    NR_getcwd = 17, NR_dup = 23, NR_dup3 = 24, NR_fcntl = 25, NR_ioctl = 29, NR_mkdirat = 34, NR_unlinkat = 35,
    NR_symlinkat = 36, NR_linkat = 37, NR_ftruncate = 46, NR_faccessat = 48, NR_chdir = 49, NR_fchmod = 52,
    NR_openat = 56, NR_close = 57, NR_pipe2 = 59, NR_getdents64 = 61, NR_lseek = 62, NR_read = 63, NR_write = 64,
    NR_readv = 65, NR_writev = 66, NR_pread64 = 67, NR_pwrite64 = 68, NR_ppoll = 73, NR_readlinkat = 78,
    NR_newfstatat = 79, NR_fstat = 80, NR_utimensat = 88, NR_exit = 93, NR_exit_group = 94, NR_set_tid_address = 96,
    NR_nanosleep = 101, NR_clock_gettime = 113, NR_clock_getres = 114, NR_kill = 129, NR_tgkill = 131,
    NR_sigaltstack = 132, NR_rt_sigaction = 134, NR_rt_sigprocmask = 135, NR_times = 153, NR_uname = 160,
    NR_getrusage = 165, NR_gettimeofday = 169, NR_getpid = 172, NR_getppid = 173, NR_getuid = 174, NR_geteuid = 175,
    NR_getgid = 176, NR_getegid = 177, NR_gettid = 178, NR_sysinfo = 179, NR_brk = 214, NR_munmap = 215,
    NR_mremap = 216, NR_mmap = 222, NR_mprotect = 226, NR_madvise = 233, NR_riscv_flush_icache = 259,
    NR_prlimit64 = 261, NR_renameat2 = 276, NR_getrandom = 278, NR_statx = 291
};

// Every system call takes six arguments here; the kernel ignores those that a call does not have.
static inline long syscall6(long number, long a, long b, long c, long d, long e, long f) {
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    register long a4 __asm__("a4") = e;
    register long a5 __asm__("a5") = f;
    register long a7 __asm__("a7") = number;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7) : "memory");
    return a0;
}
#define SYS_PICK(n, a, b, c, d, e, f, ...) syscall6(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define SYS(...) SYS_PICK(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

// ---- memory and text

__attribute__((used, noinline)) void *memcpy(void *to, const void *from, u64 count) {
    u8 *t = to;
    const u8 *f = from;
    while (count >= 8 && (((u64)t | (u64)f) & 7) == 0) {
        *(u64 *)t = *(const u64 *)f;
        t += 8;
        f += 8;
        count -= 8;
    }
    while (count--) *t++ = *f++;
    return to;
}
__attribute__((used, noinline)) void *memmove(void *to, const void *from, u64 count) {
    u8 *t = to;
    const u8 *f = from;
    if (t <= f) return memcpy(to, from, count);
    while (count--) t[count] = f[count];
    return to;
}
__attribute__((used, noinline)) void *memset(void *to, int value, u64 count) {
    u8 *t = to;
    u64 word = (u8)value * 0x0101010101010101ul;
    while (count && ((u64)t & 7)) { *t++ = (u8)value; count--; }
    while (count >= 8) { *(u64 *)t = word; t += 8; count -= 8; }
    while (count--) *t++ = (u8)value;
    return to;
}
__attribute__((used, noinline)) int memcmp(const void *left, const void *right, u64 count) {
    const u8 *l = left, *r = right;
    for (; count; count--, l++, r++)
        if (*l != *r) return *l - *r;
    return 0;
}
static u64 text_length(const char *text) {
    u64 n = 0;
    while (text[n]) n++;
    return n;
}
static int text_equal(const char *left, const char *right) {
    while (*left && *left == *right) { left++; right++; }
    return *left == *right;
}
static u64 text_to_u64(const char *text) {
    u64 value = 0;
    while (*text >= '0' && *text <= '9') value = value * 10 + (u64)(*text++ - '0');
    return value;
}

// ---- output: buffered until a newline, so that a line is one write and a fault loses nothing before it

static char out_buffer[1024];
static u64 out_used;

static void out_flush(void) {
    char *from = out_buffer;
    while (out_used) {
        long n = SYS(NR_write, 1, from, out_used);
        if (n <= 0) break;
        from += n;
        out_used -= (u64)n;
    }
    out_used = 0;
}
static void out_char(char c) {
    out_buffer[out_used++] = c;
    if (c == '\n' || out_used == sizeof out_buffer) out_flush();
}
static void out(const char *text) {
    while (*text) out_char(*text++);
}
static void out_u64(u64 value) {
    char digits[20];
    int n = 0;
    do { digits[n++] = (char)('0' + value % 10); value /= 10; } while (value);
    while (n) out_char(digits[--n]);
}
static void out_s64(s64 value) {
    if (value < 0) out_char('-');
    out_u64(value < 0 ? 0 - (u64)value : (u64)value);
}
// `digits` hexadecimal digits, leading zeros included.
static void out_hex(u64 value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out_char("0123456789abcdef"[(value >> shift) & 15]);
}
static void out_named(const char *name, s64 value) {
    out(name);
    out(" ");
    out_s64(value);
    out("\n");
}
static void out_named_hex(const char *name, u64 value) {
    out(name);
    out(" ");
    out_hex(value, 16);
    out("\n");
}
__attribute__((noreturn)) static void leave(int code) {
    out_flush();
    for (;;) SYS(NR_exit_group, code);
}

// ---- a hash for checksums (FNV-1a over the eight bytes of a value) and a generator of test data (xorshift64*)

#define HASH_START 0xcbf29ce484222325ul
static inline u64 hash_add(u64 hash, u64 value) {
    for (int i = 0; i < 8; i++) {
        hash = (hash ^ (value & 255)) * 0x100000001b3ul;
        value >>= 8;
    }
    return hash;
}
static inline u64 random_next(u64 *state) {
    u64 x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545f4914f6cdd1dul;
}

// ---- the entry: argc, argv, envp and auxv stand at the stack pointer

int tiny_main(long argc, char **argv, char **envp, u64 *auxv);

#ifdef TINY_PIE
// A static PIE has no loader: it adds its load address to every word that its relative relocations name.
extern const u64 tiny_dynamic[] __asm__("_DYNAMIC") __attribute__((visibility("hidden")));
extern const char tiny_image[] __asm__("__ehdr_start") __attribute__((visibility("hidden")));
static void tiny_relocate(void) {
    enum { DT_RELA = 7, DT_RELASZ = 8, R_RISCV_RELATIVE = 3 };
    u64 base = (u64)tiny_image, table = 0, size = 0;
    for (const u64 *entry = tiny_dynamic; entry[0]; entry += 2) {
        if (entry[0] == DT_RELA) table = base + entry[1];
        if (entry[0] == DT_RELASZ) size = entry[1];
    }
    for (u64 *row = (u64 *)table; row < (u64 *)(table + size); row += 3)
        if ((u32)row[1] == R_RISCV_RELATIVE) *(u64 *)(base + row[0]) = base + row[2];
}
#endif

__attribute__((used, noreturn)) static void tiny_start(u64 *stack) {
#ifdef TINY_PIE
    tiny_relocate();
#endif
    long argc = (long)stack[0];
    char **argv = (char **)(stack + 1);
    char **envp = argv + argc + 1;
    char **end = envp;
    while (*end) end++;
    leave(tiny_main(argc, argv, envp, (u64 *)(end + 1)));
}
__asm__(".section .text.entry, \"ax\"\n"
        ".globl _start\n"
        "_start:\n"
        ".option push\n"
        ".option norelax\n"
        "  la gp, __global_pointer$\n"
        ".option pop\n"
        "  mv a0, sp\n"
        "  andi sp, sp, -16\n"
        "  li ra, 0\n"
        "  call tiny_start\n"
        ".text\n");

#endif
