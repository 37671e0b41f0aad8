// Files, directories and descriptors, in a scratch directory of its own below /tmp that it removes at the end. Prints
// results and error numbers only, nothing that depends on the host's file system.
#include "../tiny.h"

enum { AT_FDCWD = -100, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0100, O_EXCL = 0200, O_TRUNC = 01000, O_APPEND = 02000, O_DIRECTORY = 0200000,
       O_CLOEXEC = 02000000, AT_REMOVEDIR = 0x200, AT_SYMLINK_NOFOLLOW = 0x100, AT_EMPTY_PATH = 0x1000 };

// struct stat of the generic table: 128 bytes.
typedef struct {
    u64 device, inode;
    u32 mode, links, uid, gid;
    u64 rdev, pad1;
    s64 size;
    s32 block_size, pad2;
    s64 blocks, atime, atime_ns, mtime, mtime_ns, ctime, ctime_ns;
    u32 unused[2];
} Stat;
typedef struct { void *base; u64 length; } Vector;
typedef struct { s32 fd; s16 events, revents; } Poll;

static char scratch[64] = "/tmp/guest-files-";
static char buffer[4096];

static void make_scratch(void) {
    char *at = scratch + text_length(scratch);
    for (u64 id = (u64)SYS(NR_getpid); id; id /= 10) *at++ = (char)('0' + id % 10);
    *at = 0;
    out_named("mkdir", SYS(NR_mkdirat, AT_FDCWD, scratch, 0755));
    out_named("mkdir again", SYS(NR_mkdirat, AT_FDCWD, scratch, 0755));
    out_named("chdir", SYS(NR_chdir, scratch));
    long length = SYS(NR_getcwd, buffer, sizeof buffer);
    out_named("getcwd agrees", length == (long)text_length(scratch) + 1 && text_equal(buffer, scratch));
    out_named("getcwd short", SYS(NR_getcwd, buffer, 3));
}
static void show_stat(const char *name, const Stat *stat) {
    out(name);
    out(" mode ");
    out_hex(stat->mode, 6);
    out(" links ");
    out_u64(stat->links);
    out(" size ");
    out_s64(stat->size);
    out(stat->mtime > 1600000000 && stat->mtime_ns < 1000000000 ? " dated\n" : " not dated\n");
}
static void contents(void) {
    Stat stat;
    long fd = SYS(NR_openat, AT_FDCWD, "one", O_RDWR | O_CREAT | O_EXCL, 0640);
    out_named("open", fd >= 0);
    out_named("exclusive", SYS(NR_openat, AT_FDCWD, "one", O_RDWR | O_CREAT | O_EXCL, 0640));
    out_named("write", SYS(NR_write, fd, "0123456789", 10));
    Vector vectors[3] = { { "abc", 3 }, { "", 0 }, { "defg", 4 } };
    out_named("writev", SYS(NR_writev, fd, vectors, 3));
    out_named("pwrite", SYS(NR_pwrite64, fd, "XY", 2, 4));
    out_named("lseek start", SYS(NR_lseek, fd, 2, 0));
    out_named("read", SYS(NR_read, fd, buffer, 100));
    buffer[15] = 0;
    out(buffer);
    out("\n");
    out_named("read at end", SYS(NR_read, fd, buffer, 100));
    out_named("pread", SYS(NR_pread64, fd, buffer, 3, 12));
    out_named("pread bytes", buffer[0] * 65536 + buffer[1] * 256 + buffer[2]);
    out_named("lseek end", SYS(NR_lseek, fd, -1, 2));
    out_named("lseek bad", SYS(NR_lseek, fd, -100, 0));
    out_named("truncate", SYS(NR_ftruncate, fd, 5000));
    out_named("fstat", SYS(NR_fstat, fd, &stat));
    show_stat("one", &stat);
    out_named("chmod", SYS(NR_fchmod, fd, 0600));
    out_named("stat", SYS(NR_newfstatat, AT_FDCWD, "one", &stat, 0));
    show_stat("one", &stat);
    out_named("stat by descriptor", SYS(NR_newfstatat, fd, "", &stat, AT_EMPTY_PATH));
    s64 times[4] = { 1700000000, 5, 1700000001, 6 };
    out_named("utimensat", SYS(NR_utimensat, AT_FDCWD, "one", times, 0));
    SYS(NR_fstat, fd, &stat);
    out_named("mtime", stat.mtime);
    out_named("mtime ns", stat.mtime_ns);
    long map = SYS(NR_mmap, 0, 8192, 1, 2, fd, 0);
    out_named("mapped", map > 0);
    out_named("mapped bytes", ((u8 *)map)[0] * 256 + ((u8 *)map)[4]);
    out_named("mapped tail", ((u8 *)map)[4999] + ((u8 *)map)[5001]);
    long shared = SYS(NR_mmap, 0, 4096, 3, 1, fd, 0);
    *(u8 *)shared = 'S';
    SYS(NR_pread64, fd, buffer, 1, 0);
    out_named("shared write seen", buffer[0]);
    out_named("close", SYS(NR_close, fd));
    out_named("close again", SYS(NR_close, fd));
    out_named("write closed", SYS(NR_write, fd, "x", 1));
    fd = SYS(NR_openat, AT_FDCWD, "one", O_WRONLY | O_APPEND);
    SYS(NR_write, fd, "end", 3);
    out_named("appended at", SYS(NR_lseek, fd, 0, 1));
    out_named("read write-only", SYS(NR_read, fd, buffer, 1));
    SYS(NR_close, fd);
}
static void names(void) {
    Stat stat;
    out_named("symlink", SYS(NR_symlinkat, "one", AT_FDCWD, "link"));
    long n = SYS(NR_readlinkat, AT_FDCWD, "link", buffer, sizeof buffer);
    out_named("readlink", n);
    SYS(NR_newfstatat, AT_FDCWD, "link", &stat, AT_SYMLINK_NOFOLLOW);
    show_stat("link", &stat);
    out_named("readlink of file", SYS(NR_readlinkat, AT_FDCWD, "one", buffer, sizeof buffer));
    out_named("hard link", SYS(NR_linkat, AT_FDCWD, "one", AT_FDCWD, "two", 0));
    SYS(NR_newfstatat, AT_FDCWD, "two", &stat, 0);
    show_stat("two", &stat);
    out_named("rename", SYS(NR_renameat2, AT_FDCWD, "two", AT_FDCWD, "three", 0));
    out_named("old name", SYS(NR_newfstatat, AT_FDCWD, "two", &stat, 0));
    out_named("access", SYS(NR_faccessat, AT_FDCWD, "three", 4));
    out_named("access missing", SYS(NR_faccessat, AT_FDCWD, "missing", 0));
    out_named("sub directory", SYS(NR_mkdirat, AT_FDCWD, "sub", 0700));
    out_named("open directory to write", SYS(NR_openat, AT_FDCWD, "sub", O_WRONLY));
    out_named("directory wanted", SYS(NR_openat, AT_FDCWD, "one", O_DIRECTORY));
    out_named("below a file", SYS(NR_openat, AT_FDCWD, "one/x", 0));
    out_named("missing", SYS(NR_openat, AT_FDCWD, "missing", 0));
    out_named("empty name", SYS(NR_openat, AT_FDCWD, "", 0));
    n = SYS(NR_readlinkat, AT_FDCWD, "/proc/self/exe", buffer, sizeof buffer - 1);
    buffer[n > 0 ? n : 0] = 0;
    out_named("own name", n > 5 && text_equal(buffer + n - 5, "files"));
}
static void list(void) {
    long fd = SYS(NR_openat, AT_FDCWD, ".", O_DIRECTORY | O_CLOEXEC);
    const char *wanted[] = { ".", "..", "link", "one", "sub", "three" };
    u32 seen = 0, kinds = 0, entries = 0;
    for (long n; (n = SYS(NR_getdents64, fd, buffer, 128)) > 0;)
        for (char *at = buffer; at < buffer + n; at += *(u16 *)(at + 16), entries++)
            for (u32 i = 0; i < 6; i++)
                if (text_equal(at + 19, wanted[i])) {
                    seen |= 1u << i;
                    kinds += (u32)at[18] << (i * 4);
                }
    out_named("entries", entries);
    out_named("seen", seen);
    out_named_hex("kinds", kinds);
    out_named("too small a buffer", (SYS(NR_lseek, fd, 0, 0), SYS(NR_getdents64, fd, buffer, 8)));
    SYS(NR_close, fd);
    out_named("getdents of a pipe or closed", SYS(NR_getdents64, fd, buffer, 128));
}
static void descriptors(void) {
    s32 ends[2];
    out_named("pipe", SYS(NR_pipe2, ends, O_CLOEXEC));
    Poll poll[2] = { { ends[0], 1, 0 }, { ends[1], 4, 0 } };
    s64 now[2] = { 0, 0 };
    out_named("poll", SYS(NR_ppoll, poll, 2, now, 0, 0));
    out_named("poll events", poll[0].revents * 256 + poll[1].revents);
    out_named("pipe write", SYS(NR_write, ends[1], "pipe", 4));
    out_named("poll", SYS(NR_ppoll, poll, 2, now, 0, 0));
    out_named("poll events", poll[0].revents * 256 + poll[1].revents);
    long copy = SYS(NR_dup, ends[0]);
    out_named("read copy", SYS(NR_read, copy, buffer, 100));
    out_named("dup3", SYS(NR_dup3, ends[1], 99, 0));
    out_named("dup3 same", SYS(NR_dup3, ends[1], ends[1], 0));
    out_named("close-on-exec", SYS(NR_fcntl, ends[0], 1));
    out_named("not on the copy", SYS(NR_fcntl, copy, 1));
    out_named("status flags", SYS(NR_fcntl, ends[1], 3) & 3);
    out_named("duplicate from 50", SYS(NR_fcntl, ends[0], 0, 50));
    out_named("seek a pipe", SYS(NR_lseek, ends[0], 0, 0));
    out_named("terminal size of a pipe", SYS(NR_ioctl, ends[0], 0x5413, buffer));
    s32 pending = -1;
    SYS(NR_write, ends[1], "abc", 3);
    out_named("bytes waiting", SYS(NR_ioctl, ends[0], 0x541b, &pending));
    out_named("are", pending);
    Vector vectors[2] = { { buffer, 2 }, { buffer + 2, 10 } };
    out_named("readv", SYS(NR_readv, ends[0], vectors, 2));
    SYS(NR_close, ends[1]);
    SYS(NR_close, 99);
    out_named("end of pipe", SYS(NR_read, copy, buffer, 10));
}
static void clean_up(void) {
    out_named("rmdir of file", SYS(NR_unlinkat, AT_FDCWD, "one", AT_REMOVEDIR));
    out_named("unlink of directory", SYS(NR_unlinkat, AT_FDCWD, "sub", 0));
    const char *files[] = { "one", "three", "link" };
    for (int i = 0; i < 3; i++) out_named("unlink", SYS(NR_unlinkat, AT_FDCWD, files[i], 0));
    out_named("not empty", SYS(NR_unlinkat, AT_FDCWD, scratch, AT_REMOVEDIR));
    out_named("rmdir", SYS(NR_unlinkat, AT_FDCWD, "sub", AT_REMOVEDIR));
    SYS(NR_chdir, "/");
    out_named("rmdir", SYS(NR_unlinkat, AT_FDCWD, scratch, AT_REMOVEDIR));
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    make_scratch();
    contents();
    names();
    list();
    descriptors();
    clean_up();
    return 0;
}
