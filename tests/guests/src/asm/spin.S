# A loop of three instructions, one block, that does not end: for those who come, look and tell it to.
.option norvc
.globl _start
_start:
1:  addi a1, a1, 1
    addi a0, a0, -1
    j 1b
