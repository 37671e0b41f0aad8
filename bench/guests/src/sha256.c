// SHA-256 (FIPS 180-4) of a 64 KiB block, again and again: 32-bit arithmetic, rotations, few branches.
#include "bench.h"

static u32 constants[64], state[8];
static u8 data[65536];

// The constants are the first 32 fractional bits of the cube (and square) roots of the first primes.
static u32 root_fraction(u64 prime, int cube) {
    // The largest r with r^k <= prime * 2^(32k), by bits; its low 32 bits are the fraction.
    __uint128_t r = 0;
    for (int bit = 36; bit >= 0; bit--) {
        __uint128_t t = r | (__uint128_t)1 << bit;
        // t has at most 37 bits and t^3 111, which 128 bits hold.
        __uint128_t power = cube ? t * t * t : t * t;
        if (power <= (__uint128_t)prime << (cube ? 96 : 64)) r = t;
    }
    return (u32)r;
}
static void prepare(u32 *start) {
    int found = 0;
    for (u64 n = 2; found < 64; n++) {
        int prime = 1;
        for (u64 d = 2; d * d <= n; d++) prime &= n % d != 0;
        if (!prime) continue;
        if (found < 8) start[found] = root_fraction(n, 0);
        constants[found++] = root_fraction(n, 1);
    }
}
static inline u32 rotate(u32 x, int by) { return x >> by | x << (32 - by); }
static void block(const u8 *from) {
    u32 w[64];
    for (int i = 0; i < 16; i++, from += 4) w[i] = (u32)from[0] << 24 | (u32)from[1] << 16 | (u32)from[2] << 8 | from[3];
    for (int i = 16; i < 64; i++) {
        u32 s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        u32 s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    u32 a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        u32 t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i];
        u32 t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    u64 count = rounds(argc, argv, 1000);
    prepare(state);
    for (u64 i = 0; i < sizeof data; i++) data[i] = (u8)(i * 7 + (i >> 8));
    for (u64 i = 0; i < count; i++)
        for (u64 at = 0; at < sizeof data; at += 64) block(data + at);
    // The padding of FIPS 180-4 5.1.1, so that the line is the true digest of `count` copies of the data.
    u8 last[64] = { 0x80 };
    u64 bits = count * sizeof data * 8;
    for (int i = 0; i < 8; i++) last[63 - i] = (u8)(bits >> (8 * i));
    block(last);
    out("sha256 ");
    for (int i = 0; i < 8; i++) out_hex(state[i], 8);
    out("\n");
    return 0;
}
