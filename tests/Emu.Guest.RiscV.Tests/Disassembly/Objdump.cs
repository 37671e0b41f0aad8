using System.Buffers.Binary;
using System.Globalization;

namespace Emu.Guest.RiscV.Tests;

/// <summary>Binutils' disassembler for RISC-V.</summary>
internal static class Objdump
{
    /// <summary>The extensions that the tables have rows of and objdump 2.40 knows; it shows instructions of others as data.</summary>
    private const string Architecture = "rv64i2p1_m2p0_a2p1_f2p2_d2p2_c2p0_zicsr2p0_zifencei2p0_zihintpause2p0"
        + "_zba1p0_zbb1p0_zbc1p0_zbkb1p0_zbkc1p0_zbs1p0_zicbom1p0_zicbop1p0_zicboz1p0_zawrs1p0_zfh1p0_zfhmin1p0";

    /// <summary>With the extensions that came after 2.40.</summary>
    public const string NewerArchitecture = Architecture + "_zicond1p0_zcb1p0_zihintntl1p0_zimop1p0_zcmop1p0_zfa1p0_zacas1p0_zabha1p0";

    /// <summary>
    /// The texts of instruction words. Each is followed by four bytes that objdump reads as two instructions, so that a word it takes for the
    /// start of a longer one cannot shift what follows.
    /// </summary>
    public static async Task<string[]> Disassemble(
        IReadOnlyList<uint> words, ulong stride = 16, string? program = null, string architecture = Architecture)
    {
        var image = new byte[words.Count * (int)stride];
        for (var i = 0; i < words.Count; i++)
        {
            var place = image.AsSpan(i * (int)stride);
            for (var j = 0; j < (int)stride; j += 2)
                BinaryPrimitives.WriteUInt16LittleEndian(place[j..], 1);
            BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)words[i]);
            if ((words[i] & 3) == 3)
                BinaryPrimitives.WriteUInt16LittleEndian(place[2..], (ushort)(words[i] >> 16));
        }

        var path = Path.Combine(Path.GetTempPath(), $"emu-objdump-{Guid.NewGuid():n}.o");
        File.WriteAllBytes(path, CodeElf.Of(image, architecture));
        try
        {
            var texts = new string[words.Count];
            foreach (var line in await Run(program ?? Oracle.Objdump.Path!, "-d", "-z", "-j", ".text", path))
                if (TryParse(line, out var address, out var text) && address % stride == 0)
                    texts[address / stride] = text;
            return texts;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool TryParse(string line, out ulong address, out string text)
    {
        text = "";
        var cells = line.Split('\t', 3);
        if (!ulong.TryParse(cells[0].Trim().TrimEnd(':'), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address) || cells.Length < 3)
            return false;
        text = cells[2];
        return true;
    }

    private static async Task<string[]> Run(string program, params string[] arguments)
    {
        var outcome = Launch.Of(program, arguments).Run();
        await Assert.That(outcome.Status).IsEqualTo(0).Because(outcome.ErrorText);
        Oracle.Compared("disassembly");
        return outcome.OutputText.Split('\n');
    }
}
