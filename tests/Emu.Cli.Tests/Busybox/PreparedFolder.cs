using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Emu.Cli.Tests.Launching;

namespace Emu.Cli.Tests.Busybox;

/// <summary>The folder that an applet works in: always the same files with the same times, whatever the applet before has done to them.</summary>
internal static class PreparedFolder
{
    private static readonly DateTime Time = new(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    /// <summary>Makes the files anew.</summary>
    public static void Fill(string folder)
    {
        Directory.Delete(folder, recursive: true);
        var inner = Path.Combine(folder, "d", "e");
        Directory.CreateDirectory(inner);
        foreach (var (name, contents) in Files())
            File.WriteAllBytes(Path.Combine(folder, name), contents);
        File.CreateSymbolicLink(Path.Combine(folder, "d", "l"), "f");
        File.SetUnixFileMode(Path.Combine(folder, "s.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Append(folder))
            SetTime(path);
    }

    /// <summary>All that is in the folder as text: names, kinds, modes, contents.</summary>
    public static string Describe(string folder)
    {
        var text = new StringBuilder();
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var entry = new FileInfo(path);
            var contents = entry.LinkTarget ?? (File.Exists(path) ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))) : "folder");
            text.AppendLine(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(folder, path)} {entry.UnixFileMode} {contents}");
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, byte[] Contents)> Files()
    {
        var lines = string.Concat(Enumerable.Range(1, 200).Select(static i => $"line {i} {i * 7919 % 1000} word{i % 13}\n"));
        yield return Text("a.txt", lines);
        yield return Text("b.txt", lines.Replace('7', 'X'));
        yield return Text("s.txt", "b 2\na 10\nc 1\n");
        yield return Text("d/f", "x\n");
        yield return Text("d/e/g", "yy\n");
        yield return Text("bc.in", "scale=30\n4*a(1)\n2^200\nsqrt(2)\ne(1)\nfor(i=0;i<5;i++) i^3\n");
        yield return Text("ed.in", "1,3p\n$p\nq\n");
        yield return Text("tsort.in", "a b\nb c\nc d\n");
        yield return Text("sums", $"{Convert.ToHexStringLower(SHA256.HashData("x\n"u8))}  d/f\n");
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        yield return ("bin.dat", [.. Encoding.ASCII.GetBytes(lines), .. noise]);
        yield return Text("b64.in", Convert.ToBase64String(noise.AsSpan(0, 3000), Base64FormattingOptions.InsertLineBreaks).Replace("\r", "") + "\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Encoding.ASCII.GetBytes(lines));
        yield return ("packed.gz", packed.ToArray());
    }

    private static (string Name, byte[] Contents) Text(string name, string contents) => (name, Encoding.ASCII.GetBytes(contents));

    private static void SetTime(string path)
    {
        // Of a link, too, it is the link's own time that is set.
        if (Directory.Exists(path))
            Directory.SetLastWriteTimeUtc(path, Time);
        else
            File.SetLastWriteTimeUtc(path, Time);
    }
}
