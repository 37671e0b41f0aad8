using System.Globalization;
using Emu.Engine.Instrumentation;
using Emu.Engine.Instrumentation.Replaying;
using Emu.Plugins;
using Emu.Replay.Reading;

namespace Emu.Replay.Playing;

/// <summary>Has happen what the lines of a recording say: this part what vCPUs execute.</summary>
internal sealed partial class Player(RecordingHead head, PluginHost host)
{
    private const int MostVCpus = 1 << 16;

    private readonly Replayer _replayer = new(host);
    private readonly Dictionary<int, RecordedBlock> _blocks = [];
    private readonly Dictionary<int, PlayedVCpu> _vcpus = [];

    /// <summary>Blocks that are there before the first vCPU, which plugins are told of once it has started.</summary>
    private List<RecordedBlock>? _early = [];

    /// <summary>Plays a line.</summary>
    /// <exception cref="RecordingException">It makes no sense.</exception>
    public void Play(RecordedLine line)
    {
        if (line.IsAtEnd)
            return;
        var word = line.Word("what the line is");
        if (char.IsAsciiDigit(word[0]))
            PlayVCpu(word, ref line);
        else if (word is "block")
            Translate(ref line);
        else if (word is not ("emu-recording" or "guest" or "program" or "module" or "symbol"))
            throw line.Fail($"no line begins with '{word}'; there are: guest, program, module, symbol, block, and numbers of vCPUs");
    }

    private void PlayVCpu(ReadOnlySpan<char> word, ref RecordedLine line)
    {
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= MostVCpus)
            throw line.Fail($"'{word}' is no number of a vCPU");
        var verb = line.Word("what the vCPU does");
        if (verb is "start")
        {
            Start(index, ref line);
            return;
        }

        if (verb is "reg")
        {
            SetRegister(index, ref line);
            return;
        }

        var vcpu = _vcpus.GetValueOrDefault(index) ?? throw line.Fail($"vCPU {index} has not started: '{index} start 1' is missing before this line");
        switch (verb)
        {
            case "enter": Enter(vcpu, ref line); break;
            case "at": Begin(vcpu, ref line); break;
            case "done": CompleteAll(vcpu, line); break;
            case "cut": Cut(vcpu, ref line); break;
            case "load": Access(vcpu, AccessKind.Read, ref line); break;
            case "store": Access(vcpu, AccessKind.Write, ref line); break;
            case "taken": Leave(vcpu, EdgeKind.Taken, ref line); break;
            case "passed": Leave(vcpu, EdgeKind.FallThrough, ref line); break;
            default: PlayEvent(index, vcpu, verb, ref line); break;
        }
    }

    // Before the vCPU starts, too, as plugins may read it then.
    private void SetRegister(int vcpu, ref RecordedLine line)
    {
        var name = line.Name("the register");
        var value = line.Number("the value");
        line.End();
        for (var number = 0; number < host.Machine.Guest.Registers.Count; number++)
        {
            if (host.Machine.Guest.Registers[number].Name != name)
                continue;
            host.Recorded!.Set(vcpu, number, value);
            return;
        }

        throw line.Fail($"the guest has no register '{name}'");
    }

    private void Translate(ref RecordedLine line)
    {
        var number = line.Count("the block's number");
        if (_blocks.ContainsKey(number))
            throw line.Fail($"there is a block {number} already");
        var block = Define(ReadInstructions(ref line), line);
        _blocks.Add(number, block);
        if (_early is not null)
            _early.Add(block);
        else
            _replayer.Translate(block);
    }

    private RecordedBlock Define(List<(ulong Address, byte[] Bytes)> instructions, in RecordedLine line)
    {
        foreach (var (address, bytes) in instructions)
            if (host.Machine.Guest.Describe(address, bytes).Length is not 0 and var length && length != bytes.Length)
                throw line.Fail($"the instruction at 0x{address:x} has {length} bytes, but {bytes.Length} are given");
        try
        {
            return _replayer.Define(instructions);
        }
        catch (ArgumentException error)
        {
            throw line.Fail(error.Message);
        }
    }

    private static List<(ulong Address, byte[] Bytes)> ReadInstructions(ref RecordedLine line)
    {
        var address = line.Number("the block's address");
        var instructions = new List<(ulong Address, byte[] Bytes)>();
        do
        {
            var word = line.Word("an instruction");
            if (word[0] == '@')
            {
                if (!word.StartsWith("@0x") || !ulong.TryParse(word[3..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address))
                    throw line.Fail($"'{word}' is no address, as in @0x10400");
                word = line.Word("an instruction");
            }

            instructions.Add((address, BytesOf(word, line)));
            address += (ulong)instructions[^1].Bytes.Length;
        }
        while (!line.IsAtEnd);
        return instructions;
    }

    // Listings show an instruction as a number, whose lowest byte comes first in memory.
    private static byte[] BytesOf(ReadOnlySpan<char> word, in RecordedLine line)
    {
        if (word.Length % 2 != 0 || word.Length > 16 || !ulong.TryParse(word, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits))
            throw line.Fail($"'{word}' is no instruction in hexadecimal, as in 00a50533");
        var bytes = new byte[word.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(bits >> (8 * i));
        return bytes;
    }

    private void Enter(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var number = line.Count("the block's number");
        line.End();
        _replayer.Enter(vcpu.Replayed, _blocks.GetValueOrDefault(number) ?? throw line.Fail($"no block {number} was defined before"));
    }

    private void Begin(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var instruction = Instruction(vcpu, ref line);
        line.End();
        _replayer.Begin(vcpu.Replayed, instruction);
    }

    private void CompleteAll(PlayedVCpu vcpu, in RecordedLine line)
    {
        line.End();
        _replayer.CompleteAll(vcpu.Replayed);
    }

    private void Cut(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var instruction = Instruction(vcpu, ref line);
        line.End();
        _replayer.Cut(vcpu.Replayed, instruction);
    }

    private void Access(PlayedVCpu vcpu, AccessKind kind, ref RecordedLine line)
    {
        var instruction = Instruction(vcpu, ref line);
        var (address, size, value) = (line.Number("the address"), line.Count("the size"), line.Number("the value"));
        line.End();
        if (size is not (1 or 2 or 4 or 8))
            throw line.Fail($"the size is {size}; allowed: 1, 2, 4, 8");
        if (size < 8 && value >> (8 * size) != 0)
            throw line.Fail($"the value 0x{value:x} does not fit in {size} bytes");
        _replayer.Access(vcpu.Replayed, instruction, kind, address, size, value);
    }

    private void Leave(PlayedVCpu vcpu, EdgeKind kind, ref RecordedLine line)
    {
        var instruction = Instruction(vcpu, ref line);
        var target = line.Number("the target");
        var stackPointer = line.IsAtEnd ? 0 : line.Number("the stack pointer");
        line.End();
        _replayer.Leave(vcpu.Replayed, instruction, kind, target, stackPointer);
    }

    /// <summary>An instruction of the block that the vCPU is in, by its number.</summary>
    private static int Instruction(PlayedVCpu vcpu, ref RecordedLine line)
    {
        var number = line.Count("the instruction's number");
        if (vcpu.Replayed.Block is not { } block)
            throw line.Fail("the vCPU is in no block");
        if (number >= block.Instructions.Count)
            throw line.Fail($"the block has no instruction {number}, but {block.Instructions.Count} of them from 0 on");
        if (number < vcpu.Replayed.Begun - 1)
            throw line.Fail($"the vCPU has come to instruction {vcpu.Replayed.Begun - 1} of the block already");
        return number;
    }
}
