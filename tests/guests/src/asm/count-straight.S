# A straight line of 3000 instructions over three pages, 10 times around: a translator cuts it into blocks by its own
# rules (page ends, an upper length), so only the other counts are fixed.
#   instructions  1 + 10 * (3000 + 2) + 9 + 3 = 30033
.include "exit.inc"
.option norvc
.globl _start
_start:
    li   s0, 10
1:  .rept 3000
    addi a0, a0, 1
    .endr
    addi s0, s0, -1
    beqz s0, 2f
    j    1b
2:  leave
