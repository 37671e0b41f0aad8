using Assert = Xunit.Assert;

namespace Emu.Engine.Tests.Sequences;

/// <summary>Runs a program in <c>qemu-riscv64</c>.</summary>
internal static class QemuRun
{
    public const string NoNewer = $"{Variable} names no qemu-riscv64 of version 10 or later, which knows every extension";

    private const string Variable = "EMU_QEMU_RISCV64";

    /// <summary>A newer one, or null.</summary>
    public static string? Newer { get; } = Environment.GetEnvironmentVariable(Variable);

    /// <summary>What the program writes to its standard output.</summary>
    public static Task<byte[]> Of(SequenceProgram program, CancellationToken cancelled) => Of(program, Oracle.Qemu.Path!, [], cancelled);

    /// <summary>The same in <see cref="Newer"/>, with everything on but what gives may-be-operations a meaning.</summary>
    public static Task<byte[]> OfEveryExtension(SequenceProgram program, CancellationToken cancelled) =>
        Of(program, Newer!, ["-cpu", "max,zicfiss=off,zicfilp=off"], cancelled);

    private static async Task<byte[]> Of(SequenceProgram program, string qemu, string[] options, CancellationToken cancelled)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, StaticElf.Of(program), cancelled);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
            var outcome = Launch.Of(qemu, [.. options, file]).Run();
            Assert.True(outcome.Status == 0, $"{outcome.Status}: {outcome.ErrorText}");
            Oracle.Compared("sequences");
            return outcome.Output;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
