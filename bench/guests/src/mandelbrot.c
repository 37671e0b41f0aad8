// Escape times of the Mandelbrot set in double precision: multiplications, additions, one comparison per step.
#include "bench.h"

enum { SIDE = 160, STEPS = 500 };

static u64 steps_at(double cr, double ci) {
    double zr = 0, zi = 0;
    u64 steps = 0;
    for (; steps < STEPS; steps++) {
        double rr = zr * zr, ii = zi * zi;
        if (rr + ii > 4) break;
        zi = 2 * zr * zi + ci;
        zr = rr - ii + cr;
    }
    return steps;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 6), hash = HASH_START;
    for (u64 frame = 0; frame < count; frame++) {
        double width = 1.0 + (double)(frame % 16) / 64;
        for (int row = 0; row < SIDE; row++) {
            double ci = width * 0.8 * ((double)row / SIDE - 0.5);
            u64 total = 0;
            for (int column = 0; column < SIDE; column++) total += steps_at(width * ((double)column / SIDE - 0.5) - 0.6, ci);
            hash = hash_add(hash, total);
        }
    }
    return report("mandelbrot", hash);
}
