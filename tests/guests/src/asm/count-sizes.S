# Instructions of two and of four bytes, 200 times around.
#   per round: 3 of two bytes (addi, add, bnez), 2 of four bytes
#   instructions  2 + 200 * 5 + 3 = 1005: 2-byte 1 + 600 = 601, 4-byte 1 + 400 + 3 = 404
#   blocks        200 + 1 = 201
.include "exit.inc"
.globl _start
_start:
    .option norvc
    li   s0, 200
    .option rvc
    c.li s1, 3
1:  c.addi a0, 1
    .option norvc
    xor  a2, a0, s1
    addi s0, s0, -1
    .option rvc
    c.add a1, a0
    c.bnez s0, 1b
    leave
