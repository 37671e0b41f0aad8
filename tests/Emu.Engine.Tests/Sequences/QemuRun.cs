using System.Diagnostics;
using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.Sequences;

/// <summary>Runs a program in <c>qemu-riscv64</c>.</summary>
internal static class QemuRun
{
    public const string NotInstalled = "qemu-riscv64 is not installed: nothing to compare with (Debian package qemu-user)";

    public const string NoNewer = $"{Variable} names no qemu-riscv64 of version 10 or later, which knows every extension";

    private const string Variable = "EMU_QEMU_RISCV64";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Where it is, or null.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => System.IO.Path.Combine(folder, "qemu-riscv64")).FirstOrDefault(File.Exists);

    /// <summary>A newer one, or null.</summary>
    public static string? Newer { get; } = Environment.GetEnvironmentVariable(Variable);

    /// <summary>What the program writes to its standard output.</summary>
    public static Task<byte[]> Of(SequenceProgram program, CancellationToken cancelled) => Of(program, Path!, [], cancelled);

    /// <summary>The same in <see cref="Newer"/>, with everything on but what gives may-be-operations a meaning.</summary>
    public static Task<byte[]> OfEveryExtension(SequenceProgram program, CancellationToken cancelled) =>
        Of(program, Newer!, ["-cpu", "max,zicfiss=off,zicfilp=off"], cancelled);

    private static async Task<byte[]> Of(SequenceProgram program, string qemu, string[] options, CancellationToken cancelled)
    {
        var file = System.IO.Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, StaticElf.Of(program), cancelled);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            return await Run(qemu, [.. options, file], cancelled);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<byte[]> Run(string qemu, string[] arguments, CancellationToken cancelled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(Limit);
        using var guest = Process.Start(new ProcessStartInfo(qemu, arguments) { RedirectStandardOutput = true })!;
        try
        {
            using var output = new MemoryStream();
            await guest.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            await guest.WaitForExitAsync(limit.Token);
            Assert.Equal(0, guest.ExitCode);
            return output.ToArray();
        }
        finally
        {
            if (!guest.HasExited)
                guest.Kill();
        }
    }
}
