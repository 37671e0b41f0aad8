namespace Emu.Linux.Symbols.Dwarf;

/// <summary>The value of an attribute.</summary>
/// <param name="Form">How it was written, which tells what <paramref name="Bits"/> is: a number, an address, an offset, an index; 0 if there is no such attribute.</param>
/// <param name="Bits">The number; of a text that stands in place, where it stands in .debug_info.</param>
internal readonly record struct DwarfValue(DwarfForm Form, ulong Bits)
{
    public bool IsThere => Form != 0;

    /// <summary>Reads, and so skips, a value.</summary>
    public static DwarfValue Read(ref DwarfReader reader, DwarfForm form, long implicitConstant, in DwarfEncoding encoding)
    {
        while (form == DwarfForm.Indirect && !reader.AtEnd)
            form = (DwarfForm)reader.Uleb();
        return new(form, BitsOf(ref reader, form, implicitConstant, encoding));
    }

    private static ulong BitsOf(ref DwarfReader reader, DwarfForm form, long implicitConstant, in DwarfEncoding encoding)
    {
        switch (form)
        {
            case DwarfForm.Addr:
                return reader.Unsigned(encoding.AddressSize);
            case DwarfForm.Data1 or DwarfForm.Ref1 or DwarfForm.Flag or DwarfForm.Strx1 or DwarfForm.Addrx1:
                return reader.U8();
            case DwarfForm.Data2 or DwarfForm.Ref2 or DwarfForm.Strx2 or DwarfForm.Addrx2:
                return reader.U16();
            case DwarfForm.Strx3 or DwarfForm.Addrx3:
                return reader.Unsigned(3);
            case DwarfForm.Data4 or DwarfForm.Ref4 or DwarfForm.Strx4 or DwarfForm.Addrx4 or DwarfForm.RefSup4:
                return reader.U32();
            case DwarfForm.Data8 or DwarfForm.Ref8 or DwarfForm.RefSig8 or DwarfForm.RefSup8:
                return reader.U64();
            case DwarfForm.Sdata:
                return (ulong)reader.Sleb();
            case DwarfForm.Udata or DwarfForm.RefUdata or DwarfForm.Strx or DwarfForm.Addrx or DwarfForm.Loclistx or DwarfForm.Rnglistx:
                return reader.Uleb();
            case DwarfForm.Strp or DwarfForm.LineStrp or DwarfForm.StrpSup or DwarfForm.SecOffset or DwarfForm.GnuRefAlt or DwarfForm.GnuStrpAlt:
                return reader.Offset(encoding.Is64);
            case DwarfForm.RefAddr:
                return encoding.Version == 2 ? reader.Unsigned(encoding.AddressSize) : reader.Offset(encoding.Is64);
            case DwarfForm.FlagPresent:
                return 1;
            case DwarfForm.ImplicitConst:
                return (ulong)implicitConstant;
            default:
                return SkipBlock(ref reader, form);
        }
    }

    /// <summary>Texts and blocks, of which the place is told.</summary>
    private static ulong SkipBlock(ref DwarfReader reader, DwarfForm form)
    {
        var place = (ulong)reader.Position;
        switch (form)
        {
            case DwarfForm.String:
                reader.Bytes();
                break;
            case DwarfForm.Block1:
                reader.Skip(reader.U8());
                break;
            case DwarfForm.Block2:
                reader.Skip(reader.U16());
                break;
            case DwarfForm.Block4:
                reader.Skip(reader.U32());
                break;
            case DwarfForm.Block or DwarfForm.Exprloc:
                reader.Skip(reader.Uleb());
                break;
            case DwarfForm.Data16:
                reader.Skip(16);
                break;
            default:
                reader.Skip(ulong.MaxValue); // Nobody knows how long it is.
                break;
        }

        return place;
    }
}

/// <summary>What the sizes of values depend on.</summary>
/// <param name="Version">2 to 5.</param>
/// <param name="Is64">Whether offsets have 8 bytes.</param>
/// <param name="AddressSize">Bytes of an address, 1 to 8.</param>
internal readonly record struct DwarfEncoding(int Version, bool Is64, int AddressSize);
