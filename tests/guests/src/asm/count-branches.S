# A branch that is taken every second time, 600 rounds.
#   instructions  1 + 600 * (3 + 2) + 300 * 1 + 3 = 3304
#   blocks        600 * 2 branches + 1 = 1201 (the instruction that is skipped starts no block of its own when
#                 it is reached by falling through; it is part of the block after the branch)
.include "exit.inc"
.option norvc
.globl _start
_start:
    li   s0, 600
1:  andi a0, s0, 1
    addi a1, a1, 1
    bnez a0, 2f
    addi a2, a2, 1
2:  addi s0, s0, -1
    bnez s0, 1b
    leave
