// Escape times of the Mandelbrot set in double precision: multiplications, additions, one comparison per step.
#include "bench.h"

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 side = rounds(argc, argv, 640), total = 0, hash = HASH_START;
    for (u64 row = 0; row < side; row++) {
        double ci = 2.4 * (double)row / (double)side - 1.2;
        for (u64 column = 0; column < side; column++) {
            double cr = 3.0 * (double)column / (double)side - 2.1, zr = 0, zi = 0;
            u64 steps = 0;
            for (; steps < 500; steps++) {
                double rr = zr * zr, ii = zi * zi;
                if (rr + ii > 4) break;
                zi = 2 * zr * zi + ci;
                zr = rr - ii + cr;
            }
            total += steps;
        }
        hash = hash_add(hash, total);
    }
    return report("mandelbrot", hash);
}
