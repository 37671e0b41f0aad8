// Eight bodies under gravity, symplectic steps: divisions and square roots among multiplications.
#include "bench.h"

enum { BODIES = 8 };
static double position[BODIES][3], velocity[BODIES][3], mass[BODIES];

static inline double square_root(double x) {
    double root;
    __asm__("fsqrt.d %0, %1" : "=f"(root) : "f"(x));
    return root;
}
static void step(double time) {
    for (int i = 0; i < BODIES; i++)
        for (int j = i + 1; j < BODIES; j++) {
            double d[3], square = 0.01;
            for (int k = 0; k < 3; k++) {
                d[k] = position[i][k] - position[j][k];
                square += d[k] * d[k];
            }
            double pull = time / (square * square_root(square));
            for (int k = 0; k < 3; k++) {
                velocity[i][k] -= d[k] * mass[j] * pull;
                velocity[j][k] += d[k] * mass[i] * pull;
            }
        }
    for (int i = 0; i < BODIES; i++)
        for (int k = 0; k < 3; k++) position[i][k] += time * velocity[i][k];
}
static double energy(void) {
    double sum = 0;
    for (int i = 0; i < BODIES; i++) {
        for (int k = 0; k < 3; k++) sum += 0.5 * mass[i] * velocity[i][k] * velocity[i][k];
        for (int j = i + 1; j < BODIES; j++) {
            double square = 0.01;
            for (int k = 0; k < 3; k++) square += (position[i][k] - position[j][k]) * (position[i][k] - position[j][k]);
            sum -= mass[i] * mass[j] / square_root(square);
        }
    }
    return sum;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 450000), seed = 11;
    for (int i = 0; i < BODIES; i++) {
        mass[i] = i ? 0.1 + (double)(random_next(&seed) & 255) / 256 : 20;
        for (int k = 0; k < 3; k++) {
            position[i][k] = i ? (double)(s64)(random_next(&seed) & 0xffff) / 4096 - 8 : 0;
            velocity[i][k] = i ? (double)(s64)(random_next(&seed) & 0xffff) / 65536 - 0.5 : 0;
        }
    }
    for (u64 i = 0; i < count; i++) step(0.001);
    union { double d; u64 bits; } result = { energy() };
    return report("nbody", result.bits);
}
