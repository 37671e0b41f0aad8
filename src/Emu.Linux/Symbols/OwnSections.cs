using Emu.Linux.Host;
using Emu.Linux.Loading;

namespace Emu.Linux.Symbols;

/// <summary>What the build put beside the code into the file that this process runs.</summary>
public static class OwnSections
{
    /// <summary>The bytes of a section of that file; empty if it has none of that name. Thread-safe; reads the file each time.</summary>
    public static byte[] Read(string name)
    {
        const string Own = "/proc/self/exe";
        try
        {
            using var file = ProgramFile.Open(RawText.Encode(Own), Own, mustBeExecutable: false);
            return new ElfSections(file).Read(name);
        }
        catch (ProgramLoadException)
        {
            // There is no /proc here, or nobody may read the file: what it has beside its code is not known.
            return [];
        }
    }
}
