// A stack machine that runs a small program: one indirect jump for each operation.
#include "bench.h"

enum { PUSH, LOAD, STORE, ADD, SUB, MUL, XOR, AND, SHIFT, JUMP, JUMP_ZERO, FETCH, PUT, STOP };

static u8 program[128];
static u64 length;
static u64 variables[8], table[64];

static u64 emit(u8 operation) { program[length] = operation; return length++; }
static u64 emit_with(u8 operation, u8 operand) { emit(operation); return emit(operand); }
static void patch(u64 at) { program[at] = (u8)length; }

// v0 counts down; v1 = (v1 * 13 + v0) ^ (v1 >> 3); table[v1 & 63] += v0; if (v1 & 1) v2 += table[v0 & 63]; else v2 ^= v1.
static void assemble(void) {
    u64 top = length, done, even, next;
    emit_with(LOAD, 0); done = emit_with(JUMP_ZERO, 0);
    emit_with(LOAD, 1); emit_with(PUSH, 13); emit(MUL); emit_with(LOAD, 0); emit(ADD);
    emit_with(LOAD, 1); emit_with(PUSH, 3); emit(SHIFT); emit(XOR); emit_with(STORE, 1);
    emit_with(LOAD, 1); emit(FETCH); emit_with(LOAD, 0); emit(ADD); emit_with(LOAD, 1); emit(PUT);
    emit_with(LOAD, 1); emit_with(PUSH, 1); emit(AND); even = emit_with(JUMP_ZERO, 0);
    emit_with(LOAD, 2); emit_with(LOAD, 0); emit(FETCH); emit(ADD); emit_with(STORE, 2); next = emit_with(JUMP, 0);
    patch(even);
    emit_with(LOAD, 2); emit_with(LOAD, 1); emit(XOR); emit_with(STORE, 2);
    patch(next);
    emit_with(LOAD, 0); emit_with(PUSH, 1); emit(SUB); emit_with(STORE, 0);
    emit_with(JUMP, (u8)top);
    patch(done);
    emit(STOP);
}

static __attribute__((noinline)) void run(void) {
    static const void *const actions[] = { &&push, &&load, &&store, &&add, &&sub, &&mul, &&xor, &&and, &&shift, &&jump, &&jump_zero, &&fetch, &&put, &&stop };
    u64 stack[16], *top = stack;
    const u8 *pc = program;
#define NEXT goto *actions[*pc++]
    NEXT;
push: *top++ = *pc++; NEXT;
load: *top++ = variables[*pc++]; NEXT;
store: variables[*pc++] = *--top; NEXT;
add: top--; top[-1] += *top; NEXT;
sub: top--; top[-1] -= *top; NEXT;
mul: top--; top[-1] *= *top; NEXT;
xor: top--; top[-1] ^= *top; NEXT;
and: top--; top[-1] &= *top; NEXT;
shift: top--; top[-1] >>= *top & 63; NEXT;
jump: pc = program + *pc; NEXT;
jump_zero: pc = *--top ? pc + 1 : program + *pc; NEXT;
fetch: top[-1] = table[top[-1] & 63]; NEXT;
put: top -= 2; table[top[1] & 63] = *top; NEXT;
stop: return;
}

int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    variables[0] = rounds(argc, argv, 4000000);
    assemble();
    run();
    u64 hash = hash_add(HASH_START, variables[2]);
    for (int i = 0; i < 64; i++) hash = hash_add(hash, table[i]);
    return report("bytecode", hash);
}
