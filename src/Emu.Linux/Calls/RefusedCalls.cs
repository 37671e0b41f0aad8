namespace Emu.Linux.Calls;

/// <summary>
/// Calls that are refused on purpose, as by a kernel that was built without them; programs then go another way. The reason stands with each, and
/// <c>-d unimp</c> names those that a guest asks for.
/// </summary>
internal static class RefusedCalls
{
    private const string Rings = "its ring lies at an address that the host chooses, and requests in it hold guest addresses that the host's kernel would take for its own";
    private const string Machine = "it changes the host's machine, not the guest";
    private const string HostCode = "it loads code of the host's architecture";
    private const string Removed = "Linux has removed it";
    private const string Sealed = "the emulator's own accesses would be judged by it too";

    [Syscall(0, Refused = Rings)]
    public static SysResult IoSetup(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(1, Refused = Rings)]
    public static SysResult IoDestroy(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(2, Refused = Rings)]
    public static SysResult IoSubmit(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(3, Refused = Rings)]
    public static SysResult IoCancel(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(4, Refused = Rings)]
    public static SysResult IoGetevents(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(292, Refused = Rings)]
    public static SysResult IoPgetevents(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(425, Refused = Rings)]
    public static SysResult IoUringSetup(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(426, Refused = Rings)]
    public static SysResult IoUringEnter(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(427, Refused = Rings)]
    public static SysResult IoUringRegister(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(18, Refused = Removed)]
    public static SysResult LookupDcookie(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(42, Refused = Removed)]
    public static SysResult Nfsservctl(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(104, Refused = HostCode)]
    public static SysResult KexecLoad(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(294, Refused = HostCode)]
    public static SysResult KexecFileLoad(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(105, Refused = HostCode)]
    public static SysResult InitModule(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(273, Refused = HostCode)]
    public static SysResult FinitModule(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(106, Refused = Machine)]
    public static SysResult DeleteModule(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(142, Refused = Machine)]
    public static SysResult Reboot(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(224, Refused = Machine)]
    public static SysResult Swapon(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(225, Refused = Machine)]
    public static SysResult Swapoff(ref SyscallContext c) => c.Refuse(Errno.EPERM);

    [Syscall(117, Refused = "it would show the emulator's registers and memory; --gdb and plugins show the guest's")]
    public static SysResult Ptrace(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(241, Refused = "it would count the emulator's instructions; plugins count the guest's")]
    public static SysResult PerfEventOpen(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(280, Refused = "its programs and maps hold addresses of the host")]
    public static SysResult Bpf(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(282, Refused = "it reports faults by host addresses, and of pages that the emulator touches itself")]
    public static SysResult Userfaultfd(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(262, Refused = "it reports the emulator's own accesses among the guest's")]
    public static SysResult FanotifyInit(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(263, Refused = "it reports the emulator's own accesses among the guest's")]
    public static SysResult FanotifyMark(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(277, Refused = Sealed)]
    public static SysResult Seccomp(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(444, Refused = Sealed)]
    public static SysResult LandlockCreateRuleset(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(445, Refused = Sealed)]
    public static SysResult LandlockAddRule(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(446, Refused = Sealed)]
    public static SysResult LandlockRestrictSelf(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(217, Refused = "keys belong to the host's users and sessions, and keyctl's arguments differ by command")]
    public static SysResult AddKey(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(218, Refused = "keys belong to the host's users and sessions, and keyctl's arguments differ by command")]
    public static SysResult RequestKey(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(219, Refused = "keys belong to the host's users and sessions, and keyctl's arguments differ by command")]
    public static SysResult Keyctl(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(234, Refused = "deprecated; mmap(2) does the same")]
    public static SysResult RemapFilePages(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(440, Refused = "which guest a process descriptor means, and where its memory lies, is not known here")]
    public static SysResult ProcessMadvise(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(453, Refused = "the guest has no shadow stacks (Zicfiss)")]
    public static SysResult MapShadowStack(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);

    [Syscall(462, Refused = "seals are not kept with mappings yet; C libraries go on without them")]
    public static SysResult Mseal(ref SyscallContext c) => c.Refuse(Errno.ENOSYS);
}
