// Sorts a thousand random numbers by quicksort: the program that keeps its symbols, so that examples and tests can show where instructions belong.
#include "../tiny.h"

#define COUNT 1000
#define NAMED __attribute__((noipa)) static

static u64 numbers[COUNT];

NAMED void fill(u64 *values, long count) {
    u64 state = 1;
    for (long i = 0; i < count; i++)
        values[i] = random_next(&state);
}

NAMED long partition(u64 *values, long count) {
    u64 pivot = values[(count - 1) / 2];
    long low = -1, high = count;
    for (;;) {
        do low++; while (values[low] < pivot);
        do high--; while (values[high] > pivot);
        if (low >= high)
            return high + 1;
        u64 value = values[low];
        values[low] = values[high];
        values[high] = value;
    }
}

NAMED void sort(u64 *values, long count) {
    while (count > 1) {
        long left = partition(values, count);
        sort(values, left);
        values += left;
        count -= left;
    }
}

NAMED u64 checksum(const u64 *values, long count) {
    u64 hash = HASH_START;
    for (long i = 0; i < count; i++)
        hash = hash_add(hash, values[i]);
    return hash;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    fill(numbers, COUNT);
    sort(numbers, COUNT);
    for (long i = 1; i < COUNT; i++)
        if (numbers[i - 1] > numbers[i])
            return 1;
    out_named_hex("sorted", checksum(numbers, COUNT));
    return 0;
}
