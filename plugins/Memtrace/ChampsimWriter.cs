using Emu.Plugins;

namespace StandardPlugins;

/// <summary>
/// Rows <c>ip loads stores</c> of an instruction that accessed memory, as its records in ChampSim's input_instr have them: its address, the addresses that it loaded from and those that it stored to, separated
/// by commas, <c>-</c> for none. The two accesses of an atomic operation make one row.
/// </summary>
internal sealed class ChampsimWriter : ITraceWriter
{
    private readonly Lines _lines = new();

    public ReadOnlySpan<byte> Write(VCpuId vcpu, ReadOnlySpan<Access> accesses)
    {
        _lines.Begin(accesses.Length);
        for (var index = 0; index < accesses.Length; index++)
        {
            ref readonly var access = ref accesses[index];
            _lines.Append("0x"u8);
            _lines.AppendHex(access.Pc);
            if (access.IsStore)
                _lines.Append(" -"u8);
            else
                AppendAddress(access.Address);
            if (access.IsStore)
                AppendAddress(access.Address);
            else if (index + 1 < accesses.Length && IsSecondHalf(access, accesses[index + 1]))
                AppendAddress(accesses[++index].Address);
            else
                _lines.Append(" -"u8);
            _lines.Append("\n"u8);
        }

        return _lines.Text;
    }

    /// <summary>An atomic operation is a load, then a store at the same place; no other instruction makes two accesses.</summary>
    private static bool IsSecondHalf(in Access load, in Access store) => store.IsStore && store.Pc == load.Pc && store.Address == load.Address;

    private void AppendAddress(ulong address)
    {
        _lines.Append(" 0x"u8);
        _lines.AppendHex(address);
    }
}
