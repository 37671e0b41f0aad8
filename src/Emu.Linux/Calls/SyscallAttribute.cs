namespace Emu.Linux.Calls;

/// <summary>How the result of a system call reads in a trace.</summary>
internal enum SyscallReturns
{
    /// <summary>A decimal number.</summary>
    Number,
    /// <summary>An address or other number in hexadecimal.</summary>
    Address,
    /// <summary>File mode bits in octal.</summary>
    Octal,
    /// <summary>The call does not return.</summary>
    Never,
}

/// <summary>
/// The method answers the system call with this generic number. It is static, returns <see cref="SysResult"/> and takes <c>ref SyscallContext</c> and
/// then the call's arguments, whose types say how they are read from registers and how they are traced.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SyscallAttribute(int number) : Attribute
{
    public int Number { get; } = number;

    public SyscallReturns Returns { get; init; }

    /// <summary>Why the call is refused whatever is asked for; null for one that is answered. Only for the list of calls.</summary>
    public string? Refused { get; init; }
}

/// <summary>The type can be a parameter of a system call and takes that many argument registers.</summary>
[AttributeUsage(AttributeTargets.Struct)]
internal sealed class SyscallArgumentAttribute(int words) : Attribute
{
    public int Words { get; } = words;
}

/// <summary>In this enum the bits of the mask hold one choice among several; only the others are flags.</summary>
[AttributeUsage(AttributeTargets.Enum)]
internal sealed class ChoiceAttribute(long mask) : Attribute
{
    public long Mask { get; } = mask;
}
