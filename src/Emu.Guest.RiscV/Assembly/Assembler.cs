using System.Buffers.Binary;

namespace Emu.Guest.RiscV;

/// <summary>
/// Writes machine code for tests: one method per row of the tables. Operands that an encoding cannot hold are an
/// <see cref="ArgumentOutOfRangeException"/>. Owned by one thread.
/// </summary>
public sealed partial class Assembler
{
    private readonly List<byte> _code = [];
    private readonly List<(int Position, Opcode Opcode, Label Target)> _references = [];

    /// <summary>Bytes written so far.</summary>
    public int Length => _code.Count;

    /// <summary>Places a label here.</summary>
    /// <exception cref="InvalidOperationException">It has a place already.</exception>
    public void Place(Label label)
    {
        if (label.Position >= 0)
            throw new InvalidOperationException("the label has a place already");
        label.Position = _code.Count;
    }

    /// <summary>Writes an instruction word of 2 or 4 bytes as it is.</summary>
    public void Word(uint bits) => Emit(bits, InstructionDecoder.LengthOf(bits));

    /// <summary>The code, with all labels resolved.</summary>
    /// <exception cref="InvalidOperationException">A label that is used has no place.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is out of reach of an instruction.</exception>
    public byte[] ToArray()
    {
        var code = _code.ToArray();
        foreach (var (position, opcode, target) in _references)
        {
            if (target.Position < 0)
                throw new InvalidOperationException("a label that is used has no place");
            var bytes = code.AsSpan(position);
            var bits = InstructionEncoder.SetOffset(opcode, Instruction.Decode(bytes).Bits, target.Position - position);
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)bits);
            if (InstructionDecoder.LengthOf(bits) == 4)
                BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], (ushort)(bits >> 16));
        }

        return code;
    }

    private void Refer(Label target, Opcode opcode) => _references.Add((_code.Count, opcode, target));

    private void Emit(uint bits, int length)
    {
        for (var i = 0; i < length; i++)
            _code.Add((byte)(bits >> (8 * i)));
    }
}
