using System.Runtime.InteropServices;
using Emu.Linux.Host;
using Emu.Linux.Process;
using ZLinq;

namespace Emu.Linux.Proc;

/// <summary>The contents of the files of <c>/proc</c> that are about the guest (proc(5)).</summary>
internal static class ProcContents
{
    /// <param name="process">The guest's process.</param>
    /// <param name="identity">Which file, and about which thread.</param>
    /// <param name="host">What the host's kernel says there: what is not the emulator's own is taken from it.</param>
    public static byte[] Of(LinuxProcess process, ProcIdentity identity, byte[] host) => identity.File switch
    {
        ProcFile.CommandLine => Join(process.Options.Arguments),
        ProcFile.Environment => Join(process.Options.Environment),
        ProcFile.AuxiliaryVector => MemoryMarshal.AsBytes<ulong>(process.AuxiliaryVector.AsValueEnumerable().ToArray()).ToArray(),
        ProcFile.Maps => RawText.Encode(MapsText.Of(process.Memory.Mappings)),
        ProcFile.DetailedMaps => RawText.Encode(MapsText.Detailed(process.Memory)),
        ProcFile.DetailedSum => RawText.Encode(MapsText.Sum(process.Memory)),
        ProcFile.Processors => RawText.Encode(process.Guest.ProcessorInfo(process.Guest.Extensions, System.Environment.ProcessorCount)),
        ProcFile.Stat => RawText.Encode(StatText.Of(process, identity, RawText.Decode(host))),
        ProcFile.Statm => RawText.Encode(StatText.Pages(process)),
        ProcFile.Status => RawText.Encode(StatusText.Of(process, identity, RawText.Decode(host))),
        ProcFile.Limits => RawText.Encode(StatusText.Limits(process, RawText.Decode(host))),
        _ => throw new ArgumentOutOfRangeException(nameof(identity), identity, "not a file with contents of its own"),
    };

    private static byte[] Join(IReadOnlyList<byte[]> texts)
    {
        var bytes = new List<byte>();
        foreach (var text in texts)
        {
            bytes.AddRange(text);
            bytes.Add(0);
        }

        return [.. bytes];
    }
}
