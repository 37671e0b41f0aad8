# A call and a return in each of 500 rounds, every second round through a pointer.
#   instructions  3 + 250 * (3 + 2 + 2 + 3 + 2 + 2) + 3 = 3506
#   blocks        250 * (2 calls + 2 returns + 2 branches) + 1 = 1501
.include "exit.inc"
.option norvc
.globl _start
_start:
1:  auipc s2, %pcrel_hi(callee)
    addi s2, s2, %pcrel_lo(1b)
    li   s0, 500
2:  addi a0, a0, 1       # an even round: a direct call
    addi a1, a1, 1
    jal  ra, callee
    addi s0, s0, -1
    beqz s0, 4f
3:  addi a0, a0, 1       # an odd round: a call through s2
    addi a1, a1, 1
    jalr ra, 0(s2)
    addi s0, s0, -1
    bnez s0, 2b
4:  leave
callee:
    addi a2, a2, 1
    ret
