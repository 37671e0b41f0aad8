namespace Emu.Linux.Calls.Values;

/// <summary>Flags of the calls that find or make an object of System V: nine bits of rights, and these (include/uapi/linux/ipc.h).</summary>
[Flags]
internal enum IpcFlags
{
    IPC_CREAT = 0x200,
    IPC_EXCL = 0x400,
    IPC_NOWAIT = 0x800,
}

/// <summary>Flags of msgsnd(2) and msgrcv(2).</summary>
[Flags]
internal enum MessageFlags
{
    IPC_NOWAIT = 0x800,
    MSG_NOERROR = 0x1000,
    MSG_EXCEPT = 0x2000,
    MSG_COPY = 0x4000,
}

/// <summary>Flags of shmat(2).</summary>
[Flags]
internal enum AttachFlags
{
    SHM_RDONLY = 0x1000,
    SHM_RND = 0x2000,
    SHM_REMAP = 0x4000,
    SHM_EXEC = 0x8000,
}

/// <summary>Commands of shmctl(2).</summary>
internal enum SharedMemoryCommand
{
    IPC_RMID = 0,
    IPC_SET = 1,
    IPC_STAT = 2,
    IPC_INFO = 3,
    SHM_LOCK = 11,
    SHM_UNLOCK = 12,
    SHM_STAT = 13,
    SHM_INFO = 14,
    SHM_STAT_ANY = 15,
}

/// <summary>Commands of semctl(2).</summary>
internal enum SemaphoreCommand
{
    IPC_RMID = 0,
    IPC_SET = 1,
    IPC_STAT = 2,
    IPC_INFO = 3,
    GETPID = 11,
    GETVAL = 12,
    GETALL = 13,
    GETNCNT = 14,
    GETZCNT = 15,
    SETVAL = 16,
    SETALL = 17,
    SEM_STAT = 18,
    SEM_INFO = 19,
    SEM_STAT_ANY = 20,
}

/// <summary>Commands of msgctl(2).</summary>
internal enum QueueCommand
{
    IPC_RMID = 0,
    IPC_SET = 1,
    IPC_STAT = 2,
    IPC_INFO = 3,
    MSG_STAT = 11,
    MSG_INFO = 12,
    MSG_STAT_ANY = 13,
}
