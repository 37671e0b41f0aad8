// System V shared memory, semaphores and message queues, and POSIX message queues (svipc(7), mq_overview(7)).
#include "../tiny.h"

enum { NR_mq_open = 180, NR_mq_unlink, NR_mq_timedsend, NR_mq_timedreceive, NR_mq_notify, NR_mq_getsetattr, NR_msgget, NR_msgctl, NR_msgrcv, NR_msgsnd,
       NR_semget, NR_semctl, NR_semtimedop, NR_semop, NR_shmget, NR_shmctl, NR_shmat, NR_shmdt,
       IPC_PRIVATE = 0, IPC_CREAT = 0x200, IPC_RMID = 0, IPC_SET = 1, IPC_STAT = 2, GETVAL = 12, GETALL = 13, SETVAL = 16, SETALL = 17,
       SHM_RDONLY = 0x1000, SHM_RND = 0x2000, SHM_REMAP = 0x4000, IPC_NOWAIT = 0x800, PAGE = 4096 };

typedef struct { s32 key; u32 uid, gid, cuid, cgid, mode; u16 seq; u16 pad; u64 unused[2]; } Permission;

static void memory(void) {
    struct { Permission permission; u64 size; s64 times[3]; s32 creator, last; u64 attached, unused[2]; } state;
    long id = SYS(NR_shmget, IPC_PRIVATE, 10000, IPC_CREAT | 0600);
    out_named("shmget", id >= 0);
    u64 a = (u64)SYS(NR_shmat, id, 0, 0), b = (u64)SYS(NR_shmat, id, 0, SHM_RDONLY);
    out_named("attached twice", a != b && a < 1ul << 38 && b < 1ul << 38);
    *(u64 *)(a + 9000) = 77;
    out_named("seen there", (s64)*(u64 *)(b + 9000));
    out_named("shmctl", SYS(NR_shmctl, id, IPC_STAT, &state));
    out_named("size", (s64)state.size);
    out_named("attached", (s64)state.attached);
    out_named("mode", state.permission.mode);
    out_named("mine", state.creator == SYS(NR_getpid));
    out_named("at a page that is taken", SYS(NR_shmat, id, a, 0));
    out_named("at an odd address", SYS(NR_shmat, id, a + 8, 0));
    u64 place = (u64)SYS(NR_mmap, 0, 5 * PAGE, 3, 0x22, -1, 0);
    out_named("replacing", (u64)SYS(NR_shmat, id, place + PAGE, SHM_REMAP) == place + PAGE);
    out_named("seen there too", (s64)*(u64 *)(place + PAGE + 9000));
    out_named("beside it", (s64)*(u64 *)(place + 4 * PAGE));
    out_named("nowhere replaced", SYS(NR_shmat, id, 0, SHM_REMAP));
    SYS(NR_munmap, place + PAGE, 3 * PAGE);
    out_named("rounded", (u64)SYS(NR_shmat, id, place + PAGE + 100, SHM_RND) == place + PAGE);
    out_named("detached", SYS(NR_shmdt, place + PAGE));
    out_named("again", SYS(NR_shmdt, place + PAGE));
    out_named("inside", SYS(NR_shmdt, a + PAGE));
    out_named("mapped memory", SYS(NR_shmdt, place));
    // One whose middle was unmapped goes as a whole.
    SYS(NR_munmap, b + PAGE, PAGE);
    out_named("pieces", SYS(NR_shmdt, b));
    SYS(NR_shmctl, id, IPC_STAT, &state);
    out_named("attached", (s64)state.attached);
    out_named("removed", SYS(NR_shmctl, id, IPC_RMID, 0));
    out_named("still there", (s64)*(u64 *)(a + 9000));
    out_named("detached", SYS(NR_shmdt, a));
    out_named("gone", SYS(NR_shmat, id, 0, 0));
    out_named("no such segment", SYS(NR_shmat, -1, 0, 0));
}
static void semaphores(void) {
    struct { Permission permission; s64 operated, changed; u64 count, unused[2]; } state;
    long id = SYS(NR_semget, IPC_PRIVATE, 3, IPC_CREAT | 0600);
    u16 values[3] = { 5, 6, 7 };
    out_named("semget", id >= 0);
    out_named("SETALL", SYS(NR_semctl, id, 0, SETALL, values));
    values[0] = values[1] = values[2] = 0;
    out_named("GETALL", SYS(NR_semctl, id, 0, GETALL, values));
    out_named("values", values[0] * 100 + values[1] * 10 + values[2]);
    out_named("SETVAL", SYS(NR_semctl, id, 1, SETVAL, 2));
    struct { u16 number; s16 change, flags; } down[2] = { { 1, -2, 0 }, { 2, 1, 0 } }, wait = { 1, -1, 0 };
    out_named("semop", SYS(NR_semop, id, down, 2));
    out_named("one", SYS(NR_semctl, id, 1, GETVAL));
    out_named("two", SYS(NR_semctl, id, 2, GETVAL));
    u64 soon[2] = { 0, 1000000 };
    out_named("semtimedop", SYS(NR_semtimedop, id, &wait, 1, soon));
    wait.flags = IPC_NOWAIT;
    out_named("not waiting", SYS(NR_semop, id, &wait, 1));
    out_named("IPC_STAT", SYS(NR_semctl, id, 0, IPC_STAT, &state));
    out_named("count", (s64)state.count);
    out_named("changed and operated", state.operated > 1500000000 && state.changed > 1500000000);
    state.permission.mode = 0640;
    out_named("IPC_SET", SYS(NR_semctl, id, 0, IPC_SET, &state));
    SYS(NR_semctl, id, 0, IPC_STAT, &state);
    out_named("mode", state.permission.mode);
    out_named("nowhere", SYS(NR_semctl, id, 0, IPC_STAT, 8));
    out_named("removed", SYS(NR_semctl, id, 0, IPC_RMID));
    out_named("gone", SYS(NR_semop, id, &wait, 1));
}
static void queues(void) {
    struct { s64 type; char text[32]; } message = { 3, "third" }, got;
    long id = SYS(NR_msgget, IPC_PRIVATE, IPC_CREAT | 0600);
    out_named("msgget", id >= 0);
    out_named("msgsnd", SYS(NR_msgsnd, id, &message, 6, 0));
    message.type = 2;
    message.text[0] = 'T';
    out_named("msgsnd", SYS(NR_msgsnd, id, &message, 6, 0));
    out_named("by type", SYS(NR_msgrcv, id, &got, 32, 2, 0));
    out(got.text);
    out("\n");
    out_named("too small", SYS(NR_msgrcv, id, &got, 2, 0, 0));
    out_named("first", SYS(NR_msgrcv, id, &got, 32, 0, 0));
    out_named("its type", got.type);
    out_named("none", SYS(NR_msgrcv, id, &got, 32, 0, IPC_NOWAIT));
    message.type = 0;
    out_named("type 0", SYS(NR_msgsnd, id, &message, 6, 0));
    out_named("removed", SYS(NR_msgctl, id, IPC_RMID, 0));
    char name[32] = "emu-guest-ipc-";
    u64 pid = (u64)SYS(NR_getpid);
    for (int i = 14; pid; pid /= 10) name[i++] = (char)('0' + pid % 10);
    s64 attributes[8] = { 0, 4, 16 };
    long queue = SYS(NR_mq_open, name, 0x42, 0600, attributes);
    if (queue < 0) { out_named("mq_open", queue); return; }
    out_named("mq_timedsend", SYS(NR_mq_timedsend, queue, "low", 3, 1, 0));
    SYS(NR_mq_timedsend, queue, "high", 4, 9, 0);
    u32 priority = 0;
    out_named("mq_timedreceive", SYS(NR_mq_timedreceive, queue, got.text, 16, &priority, 0));
    out_named("priority", priority);
    SYS(NR_mq_getsetattr, queue, 0, attributes);
    out_named("left", attributes[3]);
    out_named("too long", SYS(NR_mq_timedsend, queue, name, 17, 1, 0));
    out_named("mq_unlink", SYS(NR_mq_unlink, name));
}
int tiny_main(long argc, char **argv, char **envp, u64 *auxv) {
    memory();
    semaphores();
    queues();
    return 0;
}
