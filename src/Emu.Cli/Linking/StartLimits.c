/*
 * Runs before the runtime starts, which with too little memory would end without a word. The one file that is not C#: nothing else can run so early. The driver that
 * links the emulator compiles it (nativeaot.props).
 */
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* With 77,400 KiB the emulator can come as far as its own messages, but up to 110,000 the runtime ended 1 of 100 starts without a word, with 131,072 none of 300. */
#define LEAST_KIB 131072
#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

static void require(int resource, const char *line)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur >= LEAST_KIB * (rlim_t)1024)
        return;
    if (write(STDERR_FILENO, line, strlen(line)) < 0)
        _exit(125);
    _exit(125);
}

__attribute__((constructor(101))) static void check_limits(void)
{
    require(RLIMIT_AS, "emu: error: the limit of address space (ulimit -v) is too low for the emulator to start: " TEXT(LEAST_KIB) " is the least, and guests need more\n");
    require(RLIMIT_DATA, "emu: error: the limit of data (ulimit -d) is too low for the emulator to start: " TEXT(LEAST_KIB) " is the least, and guests need more\n");
}

/*
 * The table of descriptors is made as long as the emulator will need it (HostDescriptors.MaxFirst) while there is one thread: later the kernel waits each time it grows until all
 * processors have let go of the old one, some 15 ms.
 */
#define MOST_DESCRIPTORS 4096

__attribute__((constructor(102))) static void enlarge_descriptor_table(void)
{
    struct rlimit limit;
    int file, last, far;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || (file = open("/dev/null", O_RDONLY | O_CLOEXEC)) < 0)
        return;
    last = limit.rlim_cur < MOST_DESCRIPTORS ? (int)limit.rlim_cur - 1 : MOST_DESCRIPTORS - 1;
    far = fcntl(file, F_DUPFD_CLOEXEC, last);
    if (far >= 0)
        close(far);
    close(file);
}
