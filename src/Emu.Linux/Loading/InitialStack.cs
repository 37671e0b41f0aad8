using System.Runtime.InteropServices;
using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Host;

namespace Emu.Linux.Loading;

/// <summary>
/// Lays out the stack that a program starts with (fs/binfmt_elf.c, create_elf_tables): from the top down eight zero bytes, the file name, the environment's
/// and the arguments' texts, random bytes; then, from the stack pointer up, argc, argv, envp and the auxiliary vector.
/// </summary>
internal sealed class InitialStack
{
    private const int RandomBytes = 16;
    private const ulong ClockTicks = 100; // USER_HZ
    private readonly GuestMemory _memory;
    private readonly string _path;
    private readonly ulong _limit;
    private ulong _top;

    /// <summary>Maps a stack of <paramref name="size"/> bytes, all at once; it grows if the guest raises its limit later.</summary>
    /// <exception cref="ProgramLoadException">There is no room for it.</exception>
    public InitialStack(GuestMemory memory, string path, ulong size, bool executable = false)
    {
        (_memory, _path) = (memory, path);
        var request = new MapRequest
        {
            Address = AddressLayout.StackTop(memory) - size,
            Length = size,
            Permissions = PagePermissions.Read | PagePermissions.Write | (executable ? PagePermissions.Execute : 0),
            Placement = MapPlacement.FixedNoReplace,
            NoReserve = true,
            GrowsDown = true,
            Label = "[stack]",
        };
        if (memory.Map(request, out _) is not MapError.None and var error)
            throw ProgramLoadException.NotRunnable(path, $"no stack of 0x{size:x} bytes: {HostErrors.Text((int)error)}");
        _top = AddressLayout.StackTop(memory);
        // Arguments and environment may take a quarter of the stack, 128 KiB in any case (execve(2), ARG_MAX).
        _limit = _top - Math.Max(size / 4, 32 * GuestMemory.PageSize);
    }

    /// <summary>The auxiliary vector, once the stack is built.</summary>
    public IReadOnlyList<ulong> AuxiliaryVector { get; private set; } = [];

    /// <summary>Where the texts of the arguments begin, once the stack is built.</summary>
    public ulong ArgumentsStart { get; private set; }

    /// <summary>Where they end and those of the environment begin.</summary>
    public ulong ArgumentsEnd { get; private set; }

    /// <summary>Where the texts of the environment end.</summary>
    public ulong EnvironmentEnd { get; private set; }

    /// <summary>Writes everything and returns the stack pointer.</summary>
    public ulong Build(LoadedProgram program, LinuxGuest guest, byte[] fileName, IReadOnlyList<byte[]> arguments, IReadOnlyList<byte[]> environment)
    {
        _top -= sizeof(ulong);
        var name = Push(fileName);
        var environmentEnd = _top;
        var environmentAddresses = PushAll(environment);
        var argumentsEnd = _top;
        var argumentAddresses = PushAll(arguments);
        (ArgumentsStart, ArgumentsEnd, EnvironmentEnd) = (_top, argumentsEnd, environmentEnd);
        var platform = guest.Platform is null ? 0 : Push(RawText.Encode(guest.Platform));
        _top &= ~15UL;
        var random = PushBytes(HostRandom.GetBytes(RandomBytes));
        var auxiliary = Auxiliary(program, guest, name, platform, random);

        var words = new List<ulong> { (ulong)arguments.Count };
        words.AddRange(argumentAddresses);
        words.Add(0);
        words.AddRange(environmentAddresses);
        words.Add(0);
        words.AddRange(auxiliary.Words);
        AuxiliaryVector = auxiliary.Words;
        _top = (_top - (ulong)words.Count * sizeof(ulong)) & ~15UL;
        Write(_top, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(words)));
        return _top;
    }

    private static AuxiliaryVector Auxiliary(LoadedProgram program, LinuxGuest guest, ulong name, ulong platform, ulong random)
    {
        var vector = new AuxiliaryVector();
        if (program.VdsoStart != 0)
            vector.Add(AuxiliaryKey.SystemInfo, program.VdsoStart);
        vector.Add(AuxiliaryKey.HardwareCapabilities, guest.HardwareCapabilities(guest.Extensions))
            .Add(AuxiliaryKey.PageSize, GuestMemory.PageSize)
            .Add(AuxiliaryKey.ClockTicks, ClockTicks)
            .Add(AuxiliaryKey.ProgramHeaders, program.HeadersAddress)
            .Add(AuxiliaryKey.ProgramHeaderSize, 56)
            .Add(AuxiliaryKey.ProgramHeaderCount, (ulong)program.HeaderCount)
            .Add(AuxiliaryKey.InterpreterBase, program.InterpreterBase)
            .Add(AuxiliaryKey.Flags, 0)
            .Add(AuxiliaryKey.Entry, program.Entry)
            .Add(AuxiliaryKey.UserId, HostIdentity.UserId())
            .Add(AuxiliaryKey.EffectiveUserId, HostIdentity.EffectiveUserId())
            .Add(AuxiliaryKey.GroupId, HostIdentity.GroupId())
            .Add(AuxiliaryKey.EffectiveGroupId, HostIdentity.EffectiveGroupId())
            .Add(AuxiliaryKey.Secure, 0)
            .Add(AuxiliaryKey.Random, random)
            .Add(AuxiliaryKey.HardwareCapabilities2, 0)
            .Add(AuxiliaryKey.ExecutableName, name);
        if (platform != 0)
            vector.Add(AuxiliaryKey.Platform, platform);
        return vector.Add(AuxiliaryKey.Null, 0);
    }

    /// <summary>Pushes texts so that the first lies lowest, as Linux does; returns their addresses in order.</summary>
    private ulong[] PushAll(IReadOnlyList<byte[]> texts)
    {
        var addresses = new ulong[texts.Count];
        for (var index = texts.Count - 1; index >= 0; index--)
            addresses[index] = Push(texts[index]);
        return addresses;
    }

    private ulong Push(byte[] text) => PushBytes(RawText.WithZero(text));

    private ulong PushBytes(ReadOnlySpan<byte> bytes)
    {
        _top -= (ulong)bytes.Length;
        Write(_top, bytes);
        return _top;
    }

    private void Write(ulong address, ReadOnlySpan<byte> bytes)
    {
        if (address < _limit || !_memory.TryWrite(address, bytes))
            throw ProgramLoadException.NotRunnable(_path, "argument list too long");
    }
}
