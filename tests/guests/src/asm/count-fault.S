# Ten good loads, then a bad one that kills the program with SIGSEGV: the bad one was begun, but it accessed nothing.
#   instructions  2 + 10 * 3 + 2 = 34 begun
#   blocks        10 + 1 = 11
#   loads         10
.include "exit.inc"
.option norvc
.globl _start
_start:
    mv   s1, sp
    li   s0, 10
1:  ld   a0, 0(s1)
    addi s0, s0, -1
    bnez s0, 1b
    li   s1, 16
    ld   a0, 0(s1)
    leave
