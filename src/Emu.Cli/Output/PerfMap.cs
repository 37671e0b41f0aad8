using System.Globalization;
using Emu.Engine.CodeCache;
using Emu.Engine.Contracts;
using Emu.Engine.Memory;
using Emu.Engine.Translation;
using Emu.Ir;

namespace Emu.Cli.Output;

/// <summary>
/// Tells Linux perf which guest code a piece of machine code is, for <c>--perf-map</c>: <c>/tmp/perf-PID.map</c>, a line of start, size and name for each block or trace
/// (tools/perf/Documentation/jit-interface.txt of the kernel). The rarely executed parts of blocks, which lie elsewhere, have no line. Thread-safe.
/// </summary>
/// <param name="file">Takes the lines.</param>
/// <param name="placeOf">The name of the place at a guest address, or null.</param>
/// <param name="next">Is told of all translations too, or null.</param>
internal sealed unsafe class PerfMap(OutputFile file, Func<ulong, string?> placeOf, TranslationLog? next) : TranslationLog
{
    /// <summary>Where perf looks for the map of a process.</summary>
    public const string FileName = "/tmp/perf-%p.map";

    private readonly Lock _gate = new();

    public override void Input(IrBlock ir, IGuest guest, GuestMemory memory) => next?.Input(ir, guest, memory);

    public override void Optimised(IrBlock ir, IGuest guest) => next?.Optimised(ir, guest);

    public override void Output(TranslatedBlock* block, IBackend backend)
    {
        next?.Output(block, backend);
        if (!backend.EmitsHostCode || block->CodeSize == 0)
            return;
        var name = placeOf(block->Pc) ?? string.Create(CultureInfo.InvariantCulture, $"0x{block->Pc:x}");
        var line = string.Create(CultureInfo.InvariantCulture, $"{(ulong)block->Entry:x} {block->CodeSize:x} guest:{name}{(block->IsTrace ? " [trace]" : "")}\n");
        lock (_gate)
            file.Writer.Write(line);
    }
}
