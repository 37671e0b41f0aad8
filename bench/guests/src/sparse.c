// A sparse matrix in compressed rows times a vector: indirect loads with floating-point sums.
#include "bench.h"

enum { ROWS = 20000, PER_ROW = 12 };
static double cells[ROWS * PER_ROW], x[ROWS], y[ROWS];
static u32 columns[ROWS * PER_ROW], starts[ROWS + 1];

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 750), seed = 3;
    for (int i = 0; i < ROWS; i++) {
        starts[i + 1] = starts[i] + PER_ROW - (u32)(i % 5);
        for (u32 k = starts[i]; k < starts[i + 1]; k++) {
            columns[k] = (u32)(random_next(&seed) % ROWS);
            cells[k] = (double)(random_next(&seed) & 1023) / 16384;
        }
        x[i] = 1 + (double)(i & 7) / 8;
    }
    for (u64 round = 0; round < count; round++) {
        for (int i = 0; i < ROWS; i++) {
            double sum = 0;
            for (u32 k = starts[i]; k < starts[i + 1]; k++) sum += cells[k] * x[columns[k]];
            y[i] = sum;
        }
        for (int i = 0; i < ROWS; i += 97) x[i] = x[i] * 0.5 + y[i] * 0.25;
    }
    u64 hash = HASH_START;
    for (int i = 0; i < ROWS; i += 7) {
        union { double d; u64 bits; } cell = { y[i] };
        hash = hash_add(hash, cell.bits);
    }
    return report("sparse", hash);
}
