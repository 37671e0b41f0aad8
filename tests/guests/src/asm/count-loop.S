# One loop of three instructions, 1000 times.
#   instructions  1 + 3*1000 + 3 = 3004
#   blocks        1000 branches + 1 ecall = 1001
.include "exit.inc"
.option norvc
.globl _start
_start:
    li   a0, 1000
1:  addi a1, a1, 1
    addi a0, a0, -1
    bnez a0, 1b
    leave
