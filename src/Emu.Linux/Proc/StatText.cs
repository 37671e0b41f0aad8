using System.Globalization;
using Emu.Engine.Memory;
using Emu.Linux.Process;

namespace Emu.Linux.Proc;

/// <summary><c>stat</c> and <c>statm</c>: the host's, with the guest's addresses, sizes, threads and signals.</summary>
internal static class StatText
{
    /// <summary>Fields are numbered from 1, as proc(5) has them.</summary>
    public static string Of(LinuxProcess process, ProcIdentity identity, string host)
    {
        var end = host.LastIndexOf(')');
        var fields = host[(end + 1)..].TrimEnd('\n').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int First = 3; // behind the number and the name
        const ulong StandardSignals = 0x7fffffff;
        void Set(int number, ulong value)
        {
            if (number - First < fields.Length)
                fields[number - First] = value.ToString(CultureInfo.InvariantCulture);
        }

        var (program, sizes, signals) = (process.Program, MemorySizes.Of(process), process.SignalSetsOf(identity.Thread));
        Set(20, (ulong)process.ThreadCount);
        Set(23, sizes.Total);
        Set(24, sizes.Resident >> GuestMemory.PageBits);
        Set(26, program.CodeStart);
        Set(27, program.CodeEnd);
        Set(28, program.StackPointer);
        Set(29, 0); // kstkesp and kstkeip are told of a process that ends only
        Set(30, 0);
        Set(31, signals.Pending & StandardSignals);
        Set(32, signals.Blocked & StandardSignals);
        Set(33, signals.Ignored & StandardSignals);
        Set(34, signals.Caught & StandardSignals);
        Set(45, program.DataStart);
        Set(46, program.DataEnd);
        Set(47, program.BreakStart);
        Set(48, program.ArgumentsStart);
        Set(49, program.ArgumentsEnd);
        Set(50, program.ArgumentsEnd);
        Set(51, program.EnvironmentEnd);
        return $"{host[..(end + 1)]} {string.Join(' ', fields)}\n";
    }

    /// <summary>Pages: size, resident, shared, text, 0, data and stack, 0.</summary>
    public static string Pages(LinuxProcess process)
    {
        var sizes = MemorySizes.Of(process);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{In(sizes.Total)} {In(sizes.Resident)} {In(sizes.ResidentFile + sizes.ResidentShared)} {In(sizes.Code)} 0 {In(sizes.Data + sizes.Stack)} 0\n");

        static ulong In(ulong bytes) => bytes >> GuestMemory.PageBits;
    }
}
