// Multiplies dense matrices of doubles, 160 by 160.
#include "bench.h"

enum { SIDE = 160 };
static double a[SIDE][SIDE], b[SIDE][SIDE], c[SIDE][SIDE];

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 25);
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            a[i][j] = (double)(i * 7 + j * 3 & 63) / 64;
            b[i][j] = (double)(i * 5 + j * 11 & 127) / 128;
        }
    for (u64 round = 0; round < count; round++) {
        for (int i = 0; i < SIDE; i++)
            for (int j = 0; j < SIDE; j++) {
                double sum = c[i][j] * 0.25;
                for (int k = 0; k < SIDE; k++) sum += a[i][k] * b[k][j];
                c[i][j] = sum;
            }
        a[round % SIDE][3] += 1;
    }
    u64 hash = HASH_START;
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            union { double d; u64 bits; } cell = { c[i][j] };
            hash = hash_add(hash, cell.bits);
        }
    return report("matmul", hash);
}
