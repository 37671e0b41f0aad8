using System.Text;
using Emu.Backend.Threaded;
using Emu.Engine;
using Emu.Engine.Contracts;
using Emu.Engine.Execution;
using Emu.Engine.Memory;
using Emu.Guest.RiscV;
using Emu.Linux.Host;
using Emu.Linux.Process;
using Emu.Linux.Tests.Loading;

namespace Emu.Linux.Tests.Calls;

/// <summary>A process whose system calls are made by the test instead of by guest code.</summary>
internal sealed class CallHarness : IDisposable
{
    /// <summary>Sixteen readable and writable pages for the test; the page after them is not mapped.</summary>
    public const ulong Buffer = 0x1000_0000;

    public const ulong BufferEnd = Buffer + 16 * GuestMemory.PageSize;
    private readonly Machine _machine;
    private readonly TemporaryFile _file = new(ElfBuilder.Program().Build());

    public CallHarness(string? sysroot = null, CpuModel? cpu = null)
    {
        IGuest guest = new RiscVGuest(cpu ?? CpuModel.Max);
        Options = new LinuxProcessOptions
        {
            // Relative, so that what must be absolute is seen to be made so.
            ProgramPath = RawText.Encode(Path.GetRelativePath(Environment.CurrentDirectory, _file.Name)),
            Arguments = [RawText.Encode("guest"), RawText.Encode("one")], Environment = [RawText.Encode("A=b")],
            Sysroot = sysroot, Trace = Trace, Unimplemented = Unimplemented,
        };
        Process = new LinuxProcess(Options, guest, Memory);
        _machine = new Machine(guest, new ThreadedBackend(guest.StateSize), Memory);
        VCpu = _machine.AddVCpu();
        Process.StartMainThread(VCpu);
        Memory.MapAnonymous(Buffer, BufferEnd - Buffer, PagePermissions.Read | PagePermissions.Write);
    }

    public LinuxProcessOptions Options { get; }

    public GuestMemory Memory { get; } = new();

    public LinuxProcess Process { get; }

    public VCpuContext VCpu { get; }

    public StringWriter Trace { get; } = new();

    public StringWriter Unimplemented { get; } = new();

    public string ProgramPath => _file.Name;

    /// <summary>The last line of the trace.</summary>
    public string LastTrace => Trace.ToString().TrimEnd('\n').Split('\n')[^1];

    /// <summary>True if the vCPU went on after the last call.</summary>
    public bool GoesOn { get; private set; } = true;

    public long Call(int number, params ReadOnlySpan<ulong> arguments)
    {
        var abi = _machine.Guest.Abi;
        for (var i = 0; i < 6; i++)
            VCpu.Register(abi.Arguments[i]) = i < arguments.Length ? arguments[i] : 0xdead_beef_dead_beef;
        VCpu.Register(abi.Number) = (ulong)number;
        GoesOn = Process.OnSyscall(VCpu);
        return (long)VCpu.Register(abi.Result);
    }

    /// <summary>Puts a zero-terminated text into guest memory and returns its address.</summary>
    public ulong Text(string text, ulong address = Buffer)
    {
        if (!Memory.TryWrite(address, Encoding.UTF8.GetBytes(text + "\0")))
            Assert.Fail($"'{text}' does not fit at 0x{address:x}");
        return address;
    }

    public T Read<T>(ulong address)
        where T : unmanaged
    {
        if (!Memory.TryRead(address, out T value))
            Assert.Fail($"no {typeof(T).Name} can be read at 0x{address:x}");
        return value;
    }

    public string ReadText(ulong address, int length)
    {
        if (!Memory.TryGetSpan(address, (ulong)length, PagePermissions.Read, out var bytes))
            Assert.Fail($"no {length} bytes can be read at 0x{address:x}");
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The text at an address up to its terminating zero, or its first <paramref name="limit"/> bytes.</summary>
    public string ReadName(ulong address, int limit)
    {
        if (!Memory.TryReadString(address, limit, out var name))
            Assert.Fail($"no name can be read at 0x{address:x}");
        return Encoding.UTF8.GetString(name);
    }

    public void Dispose()
    {
        Process.Dispose();
        _machine.Dispose();
        Memory.Dispose();
        _file.Dispose();
    }
}
