// brk, mmap, munmap, mprotect, mremap: contents, zeroing, failure codes.
#include "../tiny.h"

enum { READ = 1, WRITE = 2, EXEC = 4, SHARED = 1, PRIVATE = 2, FIXED = 16, ANONYMOUS = 32, NORESERVE = 0x4000, FIXED_NOREPLACE = 0x100000,
       MAYMOVE = 1, PAGE = 4096 };

static u64 map(u64 length) { return (u64)SYS(NR_mmap, 0, length, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0); }
static u64 sum(u64 address, u64 count) {
    u64 total = 0;
    for (u64 i = 0; i < count; i++) total += ((u8 *)address)[i];
    return total;
}

static void break_area(void) {
    u64 start = (u64)SYS(NR_brk, 0);
    out_named("brk is set", start != 0);
    out_named("brk grows", (u64)SYS(NR_brk, start + 100000) == start + 100000);
    out_named("brk memory is zero", (s64)sum(start, 100000));
    memset((void *)start, 1, 100000);
    out_named("brk shrinks", (u64)SYS(NR_brk, start + 10) == start + 10);
    SYS(NR_brk, start + 100000);
    out_named("regrown memory is zero", (s64)sum(start + PAGE * 2, PAGE));
    out_named("absurd brk is refused", (u64)SYS(NR_brk, 1ul << 60) == start + 100000);
}
static void mappings(void) {
    u64 a = map(10 * PAGE);
    out_named("page aligned", (s64)(a & (PAGE - 1)));
    out_named("fresh pages are zero", (s64)sum(a, 10 * PAGE));
    memset((void *)a, 3, 10 * PAGE);
    out_named("hole", SYS(NR_munmap, a + 4 * PAGE, PAGE));
    out_named("hole refilled at the hint", (u64)SYS(NR_mmap, a + 4 * PAGE, PAGE, READ | WRITE, PRIVATE | ANONYMOUS | FIXED, -1, 0) == a + 4 * PAGE);
    out_named("refilled page is zero", (s64)sum(a + 4 * PAGE, PAGE));
    out_named("neighbours kept", (s64)(sum(a + 3 * PAGE, PAGE) + sum(a + 5 * PAGE, PAGE)));
    out_named("no replace", SYS(NR_mmap, a, PAGE, READ, PRIVATE | ANONYMOUS | FIXED_NOREPLACE, -1, 0));
    out_named("munmap all", SYS(NR_munmap, a, 10 * PAGE));
    out_named("munmap again", SYS(NR_munmap, a, 10 * PAGE));
}
static void failures(void) {
    out_named("zero length", SYS(NR_mmap, 0, 0, READ, PRIVATE | ANONYMOUS, -1, 0));
    out_named("no kind", SYS(NR_mmap, 0, PAGE, READ, ANONYMOUS, -1, 0));
    out_named("huge", SYS(NR_mmap, 0, 1ul << 50, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0));
    out_named("whole space", SYS(NR_mmap, 0, ~0ul, READ | WRITE, PRIVATE | ANONYMOUS, -1, 0));
    out_named("bad descriptor", SYS(NR_mmap, 0, PAGE, READ, PRIVATE, 77, 0));
    out_named("odd offset", SYS(NR_mmap, 0, PAGE, READ, PRIVATE | ANONYMOUS, -1, 1));
    out_named("odd fixed address", SYS(NR_mmap, 0x10001, PAGE, READ, PRIVATE | ANONYMOUS | FIXED, -1, 0));
    out_named("odd munmap", SYS(NR_munmap, 0x10001, PAGE));
    out_named("empty munmap", SYS(NR_munmap, 0x10000, 0));
    out_named("odd mprotect", SYS(NR_mprotect, 0x10001, PAGE, READ));
    out_named("mprotect of nothing", SYS(NR_mprotect, 0x3000000000ul, PAGE, READ));
}
static void large(void) {
    u64 length = 8ul << 30;
    u64 a = (u64)SYS(NR_mmap, 0, length, READ | WRITE, PRIVATE | ANONYMOUS | NORESERVE, -1, 0);
    if ((s64)a < 0) { out_named("8 GiB refused", (s64)a); return; }
    u64 total = 0;
    for (u64 at = 0; at < length; at += length / 16) *(u64 *)(a + at) = at + 1;
    for (u64 at = 0; at < length; at += length / 16) total += *(u64 *)(a + at);
    out_named("8 GiB, sixteen pages touched", (s64)total);
    out_named("8 GiB unmapped", SYS(NR_munmap, a, length));
}
static void moves(void) {
    u64 a = map(4 * PAGE);
    for (u64 i = 0; i < 4 * PAGE; i++) ((u8 *)a)[i] = (u8)(i * 7);
    u64 before = sum(a, 4 * PAGE);
    u64 b = (u64)SYS(NR_mremap, a, 4 * PAGE, 64 * PAGE, MAYMOVE);
    out_named("moved contents equal", (s64)(sum(b, 4 * PAGE) - before));
    out_named("grown part is zero", (s64)sum(b + 4 * PAGE, 60 * PAGE));
    out_named("shrunk in place", (u64)SYS(NR_mremap, b, 64 * PAGE, 2 * PAGE, 0) == b);
    out_named("kept half", (s64)sum(b, 2 * PAGE));
    out_named("odd address", SYS(NR_mremap, b + 1, 2 * PAGE, PAGE, 0));
    SYS(NR_munmap, b, 2 * PAGE);
}
static void protection(void) {
    u64 a = map(3 * PAGE);
    out_named("middle read-only", SYS(NR_mprotect, a + PAGE, PAGE, READ));
    char byte = 5;
    int ends[2];
    SYS(NR_pipe2, ends, 0);
    SYS(NR_write, ends[1], &byte, 1);
    out_named("read into read-only", SYS(NR_read, ends[0], a + PAGE, 1));
    out_named("middle writable", SYS(NR_mprotect, a + PAGE, PAGE, READ | WRITE));
    out_named("read into writable", SYS(NR_read, ends[0], a + PAGE, 1));
    out_named("byte", *(u8 *)(a + PAGE));
    out_named("dont need", SYS(NR_madvise, a, 3 * PAGE, 4));
    out_named("byte is gone", *(u8 *)(a + PAGE));
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    break_area();
    mappings();
    failures();
    large();
    moves();
    protection();
    return 0;
}
