using System.Runtime.InteropServices;

namespace Emu.Linux.Symbols.Dwarf;

/// <summary>Runs a line number program, which makes the rows of a table (DWARF 5, 6.2.5).</summary>
internal sealed class LineProgram(LineHeader header)
{
    private readonly List<LineRow> _rows = [];
    private readonly List<LineSequence> _sequences = [];
    private int _first;
    private ulong _address;
    private ulong _operation;
    private uint _file = 1;
    private uint _line = 1;
    private uint _column;

    /// <summary>Runs it to its end. What follows a broken opcode is left out, and so is a sequence that does not end.</summary>
    public LineTable Run(DwarfReader reader)
    {
        while (!reader.AtEnd)
        {
            var opcode = reader.U8();
            if (opcode >= header.OpcodeBase)
                RunSpecial(opcode);
            else if (opcode == 0)
                RunExtended(ref reader);
            else
                RunStandard(ref reader, opcode);
        }

        return new LineTable([.. _rows], [.. _sequences], header.Files);
    }

    private void RunSpecial(int opcode)
    {
        var adjusted = opcode - header.OpcodeBase;
        Advance((ulong)(adjusted / header.LineRange));
        _line = (uint)(_line + header.LineBase + (adjusted % header.LineRange));
        AddRow();
    }

    private void RunStandard(ref DwarfReader reader, int opcode)
    {
        switch (opcode)
        {
            case 1: // copy
                AddRow();
                break;
            case 2: // advance_pc
                Advance(reader.Uleb());
                break;
            case 3: // advance_line
                _line = (uint)(_line + reader.Sleb());
                break;
            case 4: // set_file
                _file = (uint)reader.Uleb();
                break;
            case 5: // set_column
                _column = (uint)reader.Uleb();
                break;
            case 8: // const_add_pc
                Advance((ulong)((255 - header.OpcodeBase) / header.LineRange));
                break;
            case 9: // fixed_advance_pc
                _address += reader.U16();
                _operation = 0;
                break;
            default: // what nobody asks for, or newer than this
                for (var left = header.OperandCounts[opcode - 1]; left > 0; left--)
                    reader.Uleb();
                break;
        }
    }

    private void RunExtended(ref DwarfReader reader)
    {
        var length = reader.Uleb();
        if (length == 0)
            return;
        var operands = reader.Until((ulong)reader.Position + Math.Min(length, int.MaxValue));
        reader.Skip(length);
        switch (operands.U8())
        {
            case 1: // end_sequence
                EndSequence();
                break;
            case 2: // set_address
                (_address, _operation) = (operands.Unsigned((int)Math.Min(length - 1, 8)), 0);
                break;
            default: // discriminators and the like
                break;
        }
    }

    private void Advance(ulong operations)
    {
        _operation += operations;
        _address += header.MinInstructionLength * (_operation / header.MaxOperations);
        _operation %= header.MaxOperations;
    }

    private void AddRow() => _rows.Add(new(_address, _file, _line, _column));

    private void EndSequence()
    {
        AddRow();
        var rows = CollectionsMarshal.AsSpan(_rows)[_first..];
        if (IsRising(rows) && rows[0].Address < rows[^1].Address)
            _sequences.Add(new(new(rows[0].Address, rows[^1].Address), _first, _rows.Count - 1));
        else
            _rows.RemoveRange(_first, rows.Length);
        (_first, _address, _operation, _file, _line, _column) = (_rows.Count, 0, 0, 1, 1, 0);
    }

    private static bool IsRising(ReadOnlySpan<LineRow> rows)
    {
        for (var index = 1; index < rows.Length; index++)
            if (rows[index].Address < rows[index - 1].Address)
                return false;
        return true;
    }
}
