using Emu.Engine.Memory;

namespace Emu.Linux.Calls;

/// <summary>What a system call answers: a number, or minus an <see cref="Errno"/>.</summary>
internal readonly record struct SysResult(long Value)
{
    /// <summary>Numbers from -4095 to -1 are errors (the kernel's MAX_ERRNO).</summary>
    private const long MaxErrno = 4095;

    /// <summary>Success without a number.</summary>
    public static SysResult None => new(0);

    /// <summary>EFAULT</summary>
    public static SysResult Fault => Errno.EFAULT;

    public bool IsError => Value is < 0 and >= -MaxErrno;

    /// <summary>EINTR, or ERESTARTSYS: a signal broke the call.</summary>
    public bool IsInterrupted => Value is -(long)Errno.EINTR or -(long)Errno.ERESTARTSYS;

    /// <summary>ERESTARTSYS: the call was not made, or the kernel would make it again.</summary>
    public bool IsUndone => Value == -(long)Errno.ERESTARTSYS;

    /// <summary>The error; meaningful only if there is one.</summary>
    public Errno Error => (Errno)(-Value);

    public static implicit operator SysResult(long value) => new(value);

    public static implicit operator SysResult(Errno error) => new(-(long)error);

    public static implicit operator SysResult(MapError error) => new(-(long)error);
}
