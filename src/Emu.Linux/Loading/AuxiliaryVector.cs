namespace Emu.Linux.Loading;

/// <summary>Keys of the auxiliary vector (include/uapi/linux/auxvec.h).</summary>
internal enum AuxiliaryKey : ulong
{
    Null = 0,
    ProgramHeaders = 3,
    ProgramHeaderSize = 4,
    ProgramHeaderCount = 5,
    PageSize = 6,
    InterpreterBase = 7,
    Flags = 8,
    Entry = 9,
    UserId = 11,
    EffectiveUserId = 12,
    GroupId = 13,
    EffectiveGroupId = 14,
    Platform = 15,
    HardwareCapabilities = 16,
    ClockTicks = 17,
    Secure = 23,
    Random = 25,
    HardwareCapabilities2 = 26,
    ExecutableName = 31,
    SystemInfo = 33, // AT_SYSINFO_EHDR
}

/// <summary>The auxiliary vector while it is put together.</summary>
internal sealed class AuxiliaryVector
{
    private readonly List<ulong> _words = [];

    /// <summary>The key-value pairs so far.</summary>
    public IReadOnlyList<ulong> Words => _words;

    public AuxiliaryVector Add(AuxiliaryKey key, ulong value)
    {
        _words.Add((ulong)key);
        _words.Add(value);
        return this;
    }
}
