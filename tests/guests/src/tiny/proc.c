// What /proc tells a program of itself (proc(5)): the same file by every spelling, and addresses, sizes, threads and signals that are the program's own.
#include "../tiny.h"

enum { AT_FDCWD = -100, O_RDONLY = 0, O_RDWR = 2, O_PATH = 0x200000, O_DIRECTORY = 0x10000, SIGUSR1 = 10, SIGUSR2 = 12, SIGALRM = 14, SIG_BLOCK = 0, SIG_IGN = 1 };

typedef struct { void (*handler)(int); u64 flags; u64 mask; } Action;

static char text[65536], other[65536];

static long read_whole(long directory, const char *path, char *to) {
    long fd = SYS(NR_openat, directory, path, O_RDONLY, 0), used = 0, n;
    if (fd < 0) return fd;
    while ((n = SYS(NR_read, fd, to + used, sizeof text - 1 - (u64)used)) > 0) used += n;
    to[used] = 0;
    SYS(NR_close, fd);
    return used;
}
// A field of stat by its number in proc(5); the name in parentheses may hold anything.
static u64 field(int number) {
    char *at = text;
    for (char *c = text; *c; c++)
        if (*c == ')') at = c;
    for (int n = 2; n < number; n++)
        while (*at && *at++ != ' ') {}
    return *at == '-' ? -1ul : text_to_u64(at);
}
static u64 from_hex(const char *digits) {
    u64 value = 0;
    for (; *digits; digits++) {
        char c = *digits;
        if (c >= '0' && c <= '9') value = value * 16 + (u64)(c - '0');
        else if (c >= 'a' && c <= 'f') value = value * 16 + (u64)(c - 'a' + 10);
        else break;
    }
    return value;
}
// What follows a name and a tab in status.
static const char *line_of(const char *name) {
    u64 length = text_length(name);
    for (char *line = text; *line; line++) {
        if (memcmp(line, name, length) == 0) {
            line += length;
            while (*line == '\t' || *line == ' ') line++;
            return line;
        }
        while (*line && *line != '\n') line++;
        if (!*line) break;
    }
    return "";
}
static void number_into(char *to, u64 value) {
    char digits[20];
    int n = 0;
    do { digits[n++] = (char)('0' + value % 10); value /= 10; } while (value);
    while (n) *to++ = digits[--n];
    *to = 0;
}
static char *join(char *to, const char *a, u64 number, const char *b) {
    memcpy(to, a, text_length(a) + 1);
    number_into(to + text_length(to), number);
    memcpy(to + text_length(to), b, text_length(b) + 1);
    return to;
}

static void spellings(const char *program) {
    char path[256], link[256], expected[256];
    u64 pid = (u64)SYS(NR_getpid);
    long length = read_whole(AT_FDCWD, "/proc/self/cmdline", other);
    out_named("cmdline is the program's", text_equal(other, program));
    const char *paths[] = { "/proc/thread-self/cmdline", "/proc/self/../self/cmdline", "/proc/self/task/../cmdline", "//proc/./self//cmdline", path, link };
    join(path, "/proc/", pid, "/cmdline");
    join(expected, "/proc/self/task/", pid, "/cmdline");
    memcpy(link, expected, sizeof link);
    for (u64 i = 0; i < sizeof paths / sizeof *paths; i++)
        out_named("another spelling", read_whole(AT_FDCWD, paths[i], text) == length && memcmp(text, other, (u64)length) == 0);
    long self = SYS(NR_openat, AT_FDCWD, "/proc/self", O_PATH | O_DIRECTORY, 0);
    out_named("from its directory", read_whole(self, "cmdline", text) == length && memcmp(text, other, (u64)length) == 0);
    long copy = SYS(NR_dup, self);
    out_named("from a copy of it", read_whole(copy, "cmdline", text) == length && memcmp(text, other, (u64)length) == 0);
    long file = SYS(NR_openat, self, "cmdline", O_PATH, 0);
    out_named("opened anew", read_whole(AT_FDCWD, join(path, "/proc/self/fd/", (u64)file, ""), text) == length && memcmp(text, other, (u64)length) == 0);
    out_named("for writing too", SYS(NR_openat, self, "maps", O_RDWR, 0) < 0);

    long whole = SYS(NR_readlinkat, AT_FDCWD, "/proc/self/exe", expected, sizeof expected);
    out_named("exe from its directory", SYS(NR_readlinkat, self, "exe", link, sizeof link) == whole && memcmp(link, expected, (u64)whole) == 0);
    out_named("exe by another spelling", SYS(NR_readlinkat, AT_FDCWD, "/proc/self/../self/exe", link, sizeof link) == whole && memcmp(link, expected, (u64)whole) == 0);
    out_named("exe cut", SYS(NR_readlinkat, self, "exe", link, 3));
    u64 direct[16], through[16];
    link[whole] = expected[whole] = 0;
    SYS(NR_newfstatat, AT_FDCWD, expected, direct, 0);
    SYS(NR_newfstatat, self, "exe", through, 0);
    out_named("exe is that file", direct[0] == through[0] && direct[1] == through[1]);
    char name[64];
    join(name, "/tmp/emu-guest-proc-", pid, "");
    SYS(NR_symlinkat, "/proc/self/exe", AT_FDCWD, name);
    SYS(NR_newfstatat, AT_FDCWD, name, through, 0);
    out_named("also by a link to it", direct[0] == through[0] && direct[1] == through[1]);
    long opened = SYS(NR_openat, AT_FDCWD, name, O_RDONLY, 0);
    SYS(NR_fstat, opened, through);
    out_named("and opened", direct[0] == through[0] && direct[1] == through[1]);
    SYS(NR_unlinkat, AT_FDCWD, name, 0);
}
static void on_signal(int number) {}
static void signals(void) {
    Action caught = { on_signal, 0, 0 }, ignored = { (void (*)(int))SIG_IGN, 0, 0 };
    u64 set = 1ul << (SIGUSR2 - 1);
    SYS(NR_rt_sigaction, SIGUSR1, &caught, 0, 8);
    SYS(NR_rt_sigaction, SIGALRM, &ignored, 0, 8);
    SYS(NR_rt_sigprocmask, SIG_BLOCK, &set, 0, 8);
    SYS(NR_tgkill, SYS(NR_getpid), SYS(NR_gettid), SIGUSR2);
    read_whole(AT_FDCWD, "/proc/self/stat", text);
    out_named("pending", (s64)field(31));
    out_named("blocked", (s64)field(32));
    out_named("ignores what it ignores", (field(33) >> (SIGALRM - 1)) & 1);
    out_named("caught", (s64)field(34));
    read_whole(AT_FDCWD, "/proc/self/status", text);
    out_named("SigBlk", (s64)from_hex(line_of("SigBlk:")));
    out_named("SigCgt", (s64)from_hex(line_of("SigCgt:")));
    out_named("Threads", (s64)text_to_u64(line_of("Threads:")));
}
static u64 mapped(void) {
    u64 sum = 0;
    read_whole(AT_FDCWD, "/proc/self/maps", text);
    for (char *line = text; *line; line++) {
        u64 start = from_hex(line);
        while (*line != '-') line++;
        sum += from_hex(line + 1) - start;
        while (*line != '\n') line++;
    }
    return sum;
}
static void sizes(u64 *stack, char **argv, char **envp) {
    u64 before = mapped();
    read_whole(AT_FDCWD, "/proc/self/stat", text);
    out_named("size is the sum of the mappings", field(23) == before);
    out_named("resident is less", field(24) * 4096 <= before && field(24) > 0);
    out_named("code", field(26) <= (u64)mapped && (u64)mapped < field(27));
    out_named("data", field(45) <= (u64)&out_used && field(45) < field(46));
    out_named("the stack starts above here", field(28) > (u64)&before && field(28) - (u64)&before < 8ul << 20);
    out_named("at argc", field(28) == (u64)stack);
    out_named("arguments", field(48) == (u64)argv[0]);
    out_named("environment", field(50) == (u64)envp[0] && field(49) == field(50) && field(51) > field(50));
    out_named("heap", field(47) == (u64)SYS(NR_brk, 0));
    out_named("threads", (s64)field(20));
    u64 length = 1ul << 30;
    u64 at = (u64)SYS(NR_mmap, 0, length, 3, 0x4022, -1, 0);
    memset((void *)at, 1, 4ul << 20);
    read_whole(AT_FDCWD, "/proc/self/statm", text);
    out_named("one GB more", text_to_u64(text) * 4096 == before + length);
    read_whole(AT_FDCWD, "/proc/self/status", text);
    out_named("VmSize", text_to_u64(line_of("VmSize:")) == (before + length) >> 10);
    out_named("VmRSS has the four MB", text_to_u64(line_of("VmRSS:")) >= 4096 && text_to_u64(line_of("VmRSS:")) < 65536);
    SYS(NR_munmap, at, length);
    read_whole(AT_FDCWD, "/proc/self/status", text);
    out_named("VmSize again", text_to_u64(line_of("VmSize:")) == before >> 10);
    out_named("VmPeak", text_to_u64(line_of("VmPeak:")) == (before + length) >> 10);
}
static void task(void) {
    long directory = SYS(NR_openat, AT_FDCWD, "/proc/self/task", O_DIRECTORY, 0), length, count = 0;
    while ((length = SYS(NR_getdents64, directory, text, sizeof text)) > 0)
        for (long at = 0; at < length; at += *(u16 *)(text + at + 16))
            count += text[at + 19] != '.';
    out_named("listed threads", count);
}
int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    spellings(argv[0]);
    signals();
    sizes((u64 *)argv - 1, argv, envp);
    task();
    return 0;
}
