using Emu.Engine.Memory;
using Emu.Linux.Abi;
using Emu.Linux.Host;
using ZLinq;

namespace Emu.Linux.Loading;

/// <summary>
/// Brings an ELF program and its interpreter into an empty guest memory, as execve(2) does. Nothing is undone on failure: the process that could
/// not be started ends.
/// </summary>
internal sealed class ProgramLoader(GuestMemory memory, LinuxGuest guest, Sysroot sysroot)
{
    /// <summary>Where position-independent programs go: two thirds up, as ELF_ET_DYN_BASE has it. Always the same place: runs can be repeated.</summary>
    private ulong PositionIndependentBase => memory.Limit / 3 * 2 & ~0xfffUL;

    /// <summary>The first page stays free, so that null pointers fault.</summary>
    private const ulong LowestProgramAddress = GuestMemory.PageSize;

    /// <exception cref="ProgramLoadException">The program or its interpreter cannot be loaded.</exception>
    public LoadedProgram Load(ProgramFile file)
    {
        var image = new ElfReader(file, guest).Read();
        var bias = image.IsPositionIndependent ? AlignUp(PositionIndependentBase, image.Alignment) - image.Start : 0;
        if (image.Start + bias < LowestProgramAddress || image.End + bias > AddressLayout.StackTop(memory) - AddressLayout.StackGap)
            throw file.NotRunnable($"its segments from 0x{image.Start:x} to 0x{image.End:x} leave no room for the null page or the stack");
        new SegmentMapper(memory, file, image).MapAt(bias);
        var (start, interpreterBase) = image.Interpreter is { } path ? LoadInterpreter(file, path) : (image.Entry + bias, 0);
        var code = image.Segments.AsValueEnumerable().Where(static segment => (segment.Flags & 1) != 0).ToList();
        return new LoadedProgram
        {
            Entry = image.Entry + bias,
            LoadBias = bias,
            WantsExecutableStack = image.WantsExecutableStack,
            InitialPc = start & ~(guest.InstructionAlignment - 1),
            CodeStart = code.Count > 0 ? code[0].Address + bias : 0,
            CodeEnd = code.Count > 0 ? code[^1].Address + code[^1].MemorySize + bias : 0,
            DataStart = image.Segments[^1].Address + bias,
            DataEnd = image.Segments[^1].Address + image.Segments[^1].FileSize + bias,
            BreakStart = GuestMemory.RoundUp(image.End + bias),
            HeadersAddress = image.HeadersAddress == 0 ? 0 : image.HeadersAddress + bias,
            HeaderCount = image.HeaderCount,
            InterpreterBase = interpreterBase,
        };
    }

    private (ulong Entry, ulong Base) LoadInterpreter(ProgramFile program, string path)
    {
        using var file = OpenInterpreter(program, path);
        var image = new ElfReader(file, guest).Read();
        var bias = 0UL;
        if (image.IsPositionIndependent)
            bias = AlignUp(Reserve(file, image), image.Alignment) - image.Start;
        else if (memory.FirstGap(image.Start, image.End) != image.Start || image.Start < LowestProgramAddress)
            throw file.NotRunnable($"lies where {program.Path} is");
        new SegmentMapper(memory, file, image).MapAt(bias);
        return (image.Entry + bias, image.Start + bias);
    }

    private ProgramFile OpenInterpreter(ProgramFile program, string path)
    {
        try
        {
            return ProgramFile.Open(sysroot.Locate(RawText.Encode(path)), path, mustBeExecutable: false);
        }
        catch (ProgramLoadException problem) when (problem.ExitCode == 127)
        {
            throw ProgramLoadException.NotFound(program.Path, $"its interpreter {ProgramLoadException.OneLine(path)} is missing (see --sysroot)");
        }
    }

    /// <summary>Finds room for the image, alignment included. The pages are left mapped without rights between the segments, as Linux leaves them.</summary>
    private ulong Reserve(ProgramFile file, ElfImage image)
    {
        var length = GuestMemory.RoundUp(image.End) - image.Start + image.Alignment;
        var request = new MapRequest { Length = length, Permissions = PagePermissions.None, NoReserve = true };
        if (memory.Map(request, out var address) is not MapError.None and var error)
            throw file.NotRunnable($"0x{length:x} bytes: {HostErrors.Text((int)error)}");
        memory.Unmap(address, length);
        return address;
    }

    private static ulong AlignUp(ulong address, ulong alignment) => (address + alignment - 1) & ~(alignment - 1);
}
