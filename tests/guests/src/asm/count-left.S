# A block that is left in its middle: by a store that reaches into a page that is not there. What stands behind it in its block is not executed.
#   instructions  8 + 13 (two calls) + 5 (the store is begun, 5 behind it are not) + 7 (the handler) = 33
#   blocks        2 + 1 + 1 = 4
#   loads         2, in the handler; the store did not happen
# It exits with 0 if the store left nothing in the page that is there.
.option norvc
.globl _start
_start:
    li   a0, 0x20000000
    li   a1, 4096
    li   a2, 3
    li   a3, 0x32                   # private, anonymous, at that address
    li   a4, -1
    li   a5, 0
    li   a7, 222                    # mmap
    ecall

    li   a0, 0x20000ffc
    li   a1, -1
    lla  a2, action
    li   a7, 134                    # rt_sigaction
    li   t0, 11                     # SIGSEGV
    mv   t1, a0
    mv   a0, t0
    mv   a1, a2
    li   a2, 0
    li   a3, 8
    ecall

    li   t1, 0x20000ffc
    li   t2, -1
    addi t3, t3, 1
    sd   t2, 0(t1)                  # four bytes here, four in the page that is not there
    addi t3, t3, 1
    nop
    li   a0, 1
    li   a7, 93
    ecall

handler:
    lw   a0, -4(t1)
    li   t1, 0x20000ffc
    lwu  a0, 0(t1)
    snez a0, a0
    li   a7, 93                     # exit
    ecall

.data
.align 3
action:
    .dword handler
    .dword 0x40000004               # SA_NODEFER, SA_SIGINFO
    .dword 0
