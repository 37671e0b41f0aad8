# Every kind of memory access, 100 times around.
#   per round: 10 loads (one misaligned), 7 stores (one misaligned), 4 AMOs (a load and a store each),
#   one lr/sc pair that succeeds (a load and a store), one sc that fails (no access); loop: 2 instructions
#   instructions  3 + 100 * (10 + 7 + 4 + 2 + 1 + 2) + 3 = 2606
#   blocks        100 + 1 = 101
#   loads         100 * (10 + 4 + 1) = 1500
#   stores        100 * (7 + 4 + 1) = 1200
.include "exit.inc"
.option norvc
.globl _start
_start:
1:  auipc s0, %pcrel_hi(area)
    addi s0, s0, %pcrel_lo(1b)
    li   s1, 100
2:  lb   a0, 0(s0)
    lbu  a0, 1(s0)
    lh   a0, 2(s0)
    lhu  a0, 4(s0)
    lw   a0, 8(s0)
    lwu  a0, 12(s0)
    ld   a0, 16(s0)
    flw  fa0, 8(s0)
    fld  fa1, 16(s0)
    ld   a1, 19(s0)
    sb   a0, 32(s0)
    sh   a0, 34(s0)
    sw   a0, 36(s0)
    sd   a0, 40(s0)
    fsw  fa0, 48(s0)
    fsd  fa1, 56(s0)
    sd   a1, 65(s0)
    amoadd.w a2, a0, (s0)
    amoswap.d a2, a0, (s0)
    amomaxu.d a2, a0, (s0)
    amoand.w x0, a0, (s0)
    lr.d a3, (s0)
    sc.d a4, a3, (s0)
    sc.d a5, a3, (s0)
    addi s1, s1, -1
    bnez s1, 2b
    leave
.bss
.balign 128
area:
    .zero 128
