// A tour through glibc; the first argument picks the stop.
#define _GNU_SOURCE
#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int arguments(int argc, char **argv) {
    for (int i = 1; i < argc; i++) printf("%d:%s\n", i, argv[i]);
    printf("HOME %s\n", getenv("GUEST_SURELY_UNSET") ? "set" : "unset");
    printf("G_NAME %s\n", getenv("G_NAME") ? getenv("G_NAME") : "(none)");
    setenv("G_NAME", "changed", 1);
    printf("G_NAME %s\n", getenv("G_NAME"));
    return 0;
}

static int print_numbers(void) {
    const double values[] = { 0.0, -0.0, 1.0, 0.1, -2.5, 1e-300, 123456789.125, 1e21, 5e-324, 1.7976931348623157e308, INFINITY, -INFINITY, NAN, 2.0 / 3 };
    for (unsigned i = 0; i < sizeof values / sizeof *values; i++)
        printf("%g %.17g %e %a %.3f|%12.4g|%-12.2e|%+f\n", values[i], values[i], values[i], values[i], values[i] < 1e20 && values[i] > -1e20 ? values[i] : 0,
               values[i], values[i], values[i] < 1e15 && values[i] > -1e15 ? values[i] : 0);
    printf("%d %5d|%-5d|%05d %x %#X %o %c %s %.2s %p %%\n", -42, 42, 42, 42, 255, 255, 8, 'z', "text", "text", (void *)0);
    printf("%ld %lu %hhd %zd %" PRIu64 " %*d\n", -1L, -1UL, 300, (ssize_t)-7, UINT64_MAX, 6, 33);
    long double wide = 1.0L / 3;
    printf("%.30Lf %Lg\n", wide, wide * 1e4000L);
    const char *texts[] = { "3.14159", "1e400", "-0x1.8p3", "nan", "inf", "  12abc", "0.1e-320" };
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *end;
        errno = 0;
        double value = strtod(texts[i], &end);
        printf("%s -> %.17g rest '%s' errno %d\n", texts[i], value, end, errno);
    }
    int a, b;
    float f;
    printf("%d", sscanf("17 -3 2.5", "%d %d %f", &a, &b, &f));
    printf(" %d %d %g\n", a, b, f);
    return 0;
}

static int mathematics(void) {
    double x = 0.37;
    printf("%a %a %a\n", sin(x), cos(x), tan(x));
    printf("%a %a %a %a\n", exp(x), log(x), pow(x, 3.3), sqrt(x));
    printf("%a %a %a\n", atan2(x, -2), sinh(x), cbrt(x));
    printf("%a %a %a %a\n", floor(-x), ceil(x), rint(2.5), fmod(7.7, x));
    printf("%a %ld %a\n", fma(x, x, -0.1369), lrint(-3.5), hypot(3, x));
    double sum = 0;
    for (int i = 1; i <= 20000; i++) sum += sin(i) * exp(-i / 5000.0) / sqrt(i);
    printf("%a\n", sum);
    return 0;
}

static int compare_words(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}
static int strings(void) {
    char text[] = "the quick brown fox jumps over the lazy dog while the cat sleeps";
    char *words[32];
    int count = 0;
    for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) words[count++] = word;
    qsort(words, count, sizeof *words, compare_words);
    for (int i = 0; i < count; i++) printf("%s%s", words[i], i + 1 < count ? " " : "\n");
    char big[4000];
    memset(big, 'x', sizeof big);
    big[3999] = 0;
    printf("%zu %ld %ld\n", strlen(big + 17), (long)(strchr(big, 0) - big), (long)(strstr("haystack with needle", "needle") != NULL));
    memmove(big + 5, big, 3000);
    printf("%d %d\n", memcmp(big, big + 1, 3000), strcasecmp("HeLLo", "hEllO"));
    for (int c = 0; c < 128; c += 9) printf("%d%d%d ", !!isalpha(c), !!isdigit(c), !!ispunct(c));
    char *made;
    int length = asprintf(&made, "%s-%d", "made", 7);
    printf("\n%s %d %ld\n", made, length, strtol("0x7fzz", NULL, 0));
    free(made);
    return 0;
}

static int heap(void) {
    static unsigned char *blocks[512];
    static size_t sizes[512];
    unsigned seed = 12345;
    unsigned long sum = 0;
    for (int round = 0; round < 40000; round++) {
        seed = seed * 1103515245 + 12345;
        unsigned slot = seed >> 16 & 511;
        size_t size = (seed >> 8 & 63) == 0 ? 200000 : seed >> 12 & 2047;
        if (blocks[slot]) {
            for (size_t i = 0; i < sizes[slot]; i += 97) sum += blocks[slot][i];
            if (seed & 1) {
                free(blocks[slot]);
                blocks[slot] = NULL;
                continue;
            }
        }
        size_t before = blocks[slot] ? sizes[slot] : 0;
        blocks[slot] = realloc(blocks[slot], size + 1);
        if (!blocks[slot]) return 1;
        if (size + 1 > before) memset(blocks[slot] + before, (int)slot, size + 1 - before);
        sizes[slot] = size + 1;
    }
    printf("sum %lu\n", sum);
    void *aligned;
    printf("aligned %d %d\n", posix_memalign(&aligned, 4096, 10000), (int)((uintptr_t)aligned & 4095));
    unsigned char *zero = calloc(1000, 1000);
    unsigned long any = 0;
    for (int i = 0; i < 1000000; i += 1000) any |= zero[i];
    printf("calloc %lu\n", any);
    errno = 0;
    volatile size_t absurd = (size_t)1 << 60;
    void *none = malloc(absurd);
    printf("absurd %s %s\n", none ? "given" : "refused", strerror(errno));
    return 0;
}

static int streams(void) {
    char name[] = "/tmp/guest-libc-XXXXXX";
    int fd = mkstemp(name);
    FILE *file = fdopen(fd, "w+");
    for (int i = 0; i < 5000; i++) fprintf(file, "line %d of the file\n", i);
    fflush(file);
    struct stat stat;
    fstat(fd, &stat);
    printf("size %ld mode %o\n", (long)stat.st_size, stat.st_mode & 07777);
    fseek(file, 1000, SEEK_SET);
    char line[100];
    printf("%s", fgets(line, sizeof line, file) ? line : "none\n");
    printf("%s", fgets(line, sizeof line, file) ? line : "none\n");
    printf("at %ld\n", ftell(file));
    rewind(file);
    int lines = 0;
    for (int c; (c = getc(file)) != EOF;) lines += c == '\n';
    printf("lines %d eof %d\n", lines, !!feof(file));
    char *map = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    printf("map %.7s\n", map + 20);
    fclose(file);
    printf("remove %d\n", remove(name));
    file = fopen(name, "r");
    printf("open %s: %s\n", file ? "worked" : "failed", strerror(errno));
    DIR *directory = opendir("/proc/self");
    int found = 0;
    for (struct dirent *entry; directory && (entry = readdir(directory));) found += !strcmp(entry->d_name, "exe");
    printf("found %d\n", found);
    return 0;
}

static jmp_buf back;
static void deeper(int depth) {
    if (depth == 0) longjmp(back, 42);
    deeper(depth - 1);
}
static int sum_of(int count, ...) {
    va_list list;
    va_start(list, count);
    double total = 0;
    for (int i = 0; i < count; i++) total += i & 1 ? va_arg(list, double) : va_arg(list, int);
    va_end(list);
    return (int)(total * 10);
}
static void last_words(void) { puts("atexit"); }
static int control(void) {
    volatile int before = 1;
    int came = setjmp(back);
    if (came == 0) {
        before = 2;
        deeper(10);
    }
    printf("longjmp %d %d\n", came, before);
    printf("variadic %d\n", sum_of(6, 1, 2.5, 3, 4.5, 5, 6.5));
    time_t moment = 1234567890;
    struct tm *parts = gmtime(&moment);
    char text[64];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %a %j", parts);
    puts(text);
    printf("mktime %ld\n", (long)timegm(parts));
    srand(7);
    int first = rand(), second = rand();
    printf("rand %d %d\n", first, second);
    atexit(last_words);
    return 7;
}
static void caught(int number) {
    printf("caught %d\n", number);
    exit(9);
}

int main(int argc, char **argv) {
    const char *stop = argc > 1 ? argv[1] : "";
    if (!strcmp(stop, "arguments")) return arguments(argc, argv);
    if (!strcmp(stop, "numbers")) return print_numbers();
    if (!strcmp(stop, "math")) return mathematics();
    if (!strcmp(stop, "strings")) return strings();
    if (!strcmp(stop, "heap")) return heap();
    if (!strcmp(stop, "streams")) return streams();
    if (!strcmp(stop, "control")) return control();
    if (!strcmp(stop, "cat")) {
        for (int c; (c = getchar()) != EOF;) putchar(toupper(c));
        return 0;
    }
    fflush(stdout);
    if (!strcmp(stop, "abort")) abort();
    if (!strcmp(stop, "assert")) assert(argc == 0);
    if (!strcmp(stop, "double-free")) {
        char *volatile block = malloc(10);
        free(block);
        free(block);
    }
    if (!strcmp(stop, "raise")) {
        signal(SIGUSR1, caught);
        raise(SIGUSR1);
    }
    return 64;
}
