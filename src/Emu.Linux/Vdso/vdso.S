# The shared object that Linux maps into every program (vdso(7)), as a real kernel's looks to a dynamic linker; the functions only make the system call.
# build.sh makes ../Abi/RiscV64Vdso.cs of it.
    .text
    .macro call name, number
    .globl \name
    .type \name, @function
    .balign 4
\name:
    .cfi_startproc
    li a7, \number
    ecall
    ret
    .cfi_endproc
    .size \name, . - \name
    .endm

    call __vdso_gettimeofday, 169
    call __vdso_clock_gettime, 113
    call __vdso_clock_getres, 114
    call __vdso_getcpu, 168
    call __vdso_flush_icache, 259
    call __vdso_riscv_hwprobe, 258

# Unwinders look one instruction before the return address, and know a signal frame by these two instructions.
    .option norvc
    .balign 4
    nop
    .globl __vdso_rt_sigreturn
    .type __vdso_rt_sigreturn, @function
__vdso_rt_sigreturn:
    li a7, 139
    ecall
    .size __vdso_rt_sigreturn, . - __vdso_rt_sigreturn
