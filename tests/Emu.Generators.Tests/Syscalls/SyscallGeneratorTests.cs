using Microsoft.CodeAnalysis;
using Assert = Xunit.Assert;

namespace Emu.Generators.Tests.Syscalls;

public class SyscallGeneratorTests
{
    private const string Close = "[Syscall(57)] public static SysResult Close(ref SyscallContext c, int fd) => SysResult.None;";

    private const string Openat = "[Syscall(56)] public static SysResult Openat(ref SyscallContext c, int directory, Buffer path, OpenFlags flags) => SysResult.None;";

    [Test]
    public void ArgumentsAreReadByTypeFromTheirRegisters()
    {
        var run = new SyscallCompilation(Openat + Close);
        Assert.Empty(run.Diagnostics);
        var table = run.Source("SyscallTable.g.cs");
        Assert.Contains("case 56: return Call56(ref context);\n", table);
        Assert.Contains("var directoryArgument = (int)context[0];\n", table);
        Assert.Contains("var flagsArgument = (global::Emu.Linux.Calls.OpenFlags)context[3];\n", table);
        Assert.Contains("var sound = global::Emu.Linux.Calls.Buffer.TryTake(ref context, 1, out var pathArgument);\n", table);
        Assert.Contains("var result = sound ? global::Emu.Linux.Calls.Methods.Openat(ref context, directoryArgument, pathArgument, flagsArgument) : SysResult.Fault;\n", table);
        Assert.Contains("var result = global::Emu.Linux.Calls.Methods.Close(ref context, fdArgument);\n", table);
        Assert.Contains("default: return Unknown(ref context, number);\n", table);
    }

    [Test]
    public void ACallThatDoesNotReturnIsTracedBefore()
    {
        var run = new SyscallCompilation("[Syscall(57, Returns = SyscallReturns.Never)] public static SysResult Close(ref SyscallContext c) => SysResult.None;");
        Assert.Empty(run.Diagnostics);
        var table = run.Source("SyscallTable.g.cs");
        Assert.True(table.IndexOf("SyscallReturns.Never", StringComparison.Ordinal) < table.IndexOf("return global::Emu.Linux.Calls.Methods.Close", StringComparison.Ordinal));
    }

    [Test]
    public void EnumsAreTracedByTheirMembers()
    {
        var run = new SyscallCompilation(Openat + "[Syscall(113)] public static SysResult ClockGettime(ref SyscallContext c, Clock clock) => SysResult.None;");
        Assert.Empty(run.Diagnostics);
        var enums = run.Source("TraceEnums.g.cs");
        Assert.Contains("line.Flags((long)value, 3L, [\n", enums);
        Assert.Contains("new(64L, \"O_CREAT\"),\n", enums);
        Assert.Contains("line.Choice((long)value, 0L, [\n", enums);
    }

    [Test]
    public void NamesAndHostNumbersComeFromTheTable()
    {
        var run = new SyscallCompilation(Close);
        Assert.Contains("case 258: return \"riscv_hwprobe\";\n", run.Source("SyscallNames.g.cs"));
        var host = run.Source("HostCall.g.cs");
        Assert.Contains("ClockGettime = 113,\n", host);
        Assert.Contains("    228, // clock_gettime\n", host);
        Assert.DoesNotContain("RiscvHwprobe", host);
    }

    [Test]
    [Arguments("[Syscall(57)] public SysResult Close(ref SyscallContext c) => default;", "EMUSYS001", "system call 'Close': it must be static")]
    [Arguments("[Syscall(57)] public static int Close(ref SyscallContext c) => 0;", "EMUSYS001", "system call 'Close': it must return SysResult")]
    [Arguments("[Syscall(57)] public static SysResult Close(SyscallContext c) => default;", "EMUSYS001", "system call 'Close': its first parameter must be 'ref SyscallContext'")]
    [Arguments("[Syscall(57)] public static SysResult Close() => default;", "EMUSYS001", "system call 'Close': its first parameter must be 'ref SyscallContext'")]
    [Arguments(
        "[Syscall(57)] public static SysResult Close(ref SyscallContext c, NoArgument a) => default;", "EMUSYS002",
        "system call 'Close': parameter 'a' of type 'Emu.Linux.Calls.NoArgument' is no integer, no enum and has no [SyscallArgument]")]
    [Arguments(
        "[Syscall(57)] public static SysResult Close(ref SyscallContext c, out int a) => throw new Exception();", "EMUSYS002",
        "system call 'Close': parameter 'a' of type 'int' is no integer, no enum and has no [SyscallArgument]")]
    [Arguments(
        Close + "[Syscall(57)] public static SysResult close(ref SyscallContext c) => default;", "EMUSYS003",
        "system call 'close': number 57 is already taken by 'Close'")]
    [Arguments(
        "[Syscall(57)] public static SysResult Close(ref SyscallContext c, Buffer a, Buffer b, Buffer d, int e) => default;", "EMUSYS004",
        "system call 'Close' takes 7 argument registers; there are 6")]
    [Arguments("[Syscall(57)] public static SysResult Shut(ref SyscallContext c) => default;", "EMUSYS005", "system call 'Shut': number 57 is 'close' in the table of names")]
    [Arguments("[Syscall(99)] public static SysResult Close(ref SyscallContext c) => default;", "EMUSYS005", "system call 'Close': number 99 is 'not there' in the table of names")]
    public void EMUSYS_IllTypedMethodsAreNamedWhereTheyStand(string methods, string id, string message)
    {
        var diagnostic = Assert.Single(new SyscallCompilation(methods).Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error, message), (diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage()));
        Assert.Equal(("Calls.cs", 1), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Test]
    [Arguments("57 | close")]
    [Arguments("x | close | 3")]
    [Arguments("58 | | 3")]
    [Arguments("58 | close | x")]
    [Arguments("57 | shut | 3")]
    public void EMUSYS006_ABadRowIsNamedWithItsLine(string row)
    {
        var diagnostic = Assert.Single(new SyscallCompilation(Close, SyscallCompilation.Names + "\n" + row).Diagnostics);
        Assert.Equal("EMUSYS006", diagnostic.Id);
        Assert.Equal(("tables/linux.syscalls", 5), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Test]
    public void NothingIsDoneAgainIfOnlyOtherCodeChanges()
    {
        var run = new SyscallCompilation(Openat);
        run.Edit();
        Assert.All(run.OutputReasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }
}
