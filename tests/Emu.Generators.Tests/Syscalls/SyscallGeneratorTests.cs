using Microsoft.CodeAnalysis;

namespace Emu.Generators.Tests.Syscalls;

public class SyscallGeneratorTests
{
    private const string Close = "[Syscall(57)] public static SysResult Close(ref SyscallContext c, int fd) => SysResult.None;";

    private const string Openat = "[Syscall(56)] public static SysResult Openat(ref SyscallContext c, int directory, Buffer path, OpenFlags flags) => SysResult.None;";

    [Test]
    public async Task ArgumentsAreReadByTypeFromTheirRegisters()
    {
        var run = new SyscallCompilation(Openat + Close);
        await Assert.That(run.Diagnostics).IsEmpty();
        var table = run.Source("SyscallTable.g.cs");
        await Assert.That(table).Contains("case 56: return Call56(ref context);\n");
        await Assert.That(table).Contains("var directoryArgument = (int)context[0];\n");
        await Assert.That(table).Contains("var flagsArgument = (global::Emu.Linux.Calls.OpenFlags)context[3];\n");
        await Assert.That(table).Contains("var sound = global::Emu.Linux.Calls.Buffer.TryTake(ref context, 1, out var pathArgument);\n");
        await Assert.That(table).Contains("var result = sound ? global::Emu.Linux.Calls.Methods.Openat(ref context, directoryArgument, pathArgument, flagsArgument) : SysResult.Fault;\n");
        await Assert.That(table).Contains("var result = global::Emu.Linux.Calls.Methods.Close(ref context, fdArgument);\n");
        await Assert.That(table).Contains("default: return Unknown(ref context, number);\n");
    }

    [Test]
    public async Task ACallThatDoesNotReturnIsTracedBefore()
    {
        var run = new SyscallCompilation("[Syscall(57, Returns = SyscallReturns.Never)] public static SysResult Close(ref SyscallContext c) => SysResult.None;");
        await Assert.That(run.Diagnostics).IsEmpty();
        var table = run.Source("SyscallTable.g.cs");
        await Assert.That(table.IndexOf("SyscallReturns.Never", StringComparison.Ordinal) < table.IndexOf("return global::Emu.Linux.Calls.Methods.Close", StringComparison.Ordinal)).IsTrue();
    }

    [Test]
    public async Task EnumsAreTracedByTheirMembers()
    {
        var run = new SyscallCompilation(Openat + "[Syscall(113)] public static SysResult ClockGettime(ref SyscallContext c, Clock clock) => SysResult.None;");
        await Assert.That(run.Diagnostics).IsEmpty();
        var enums = run.Source("TraceEnums.g.cs");
        await Assert.That(enums).Contains("line.Flags((long)value, 3L, [\n");
        await Assert.That(enums).Contains("new(64L, \"O_CREAT\"),\n");
        await Assert.That(enums).Contains("line.Choice((long)value, 0L, [\n");
    }

    [Test]
    public async Task NamesAndHostNumbersComeFromTheTable()
    {
        var run = new SyscallCompilation(Close);
        await Assert.That(run.Source("SyscallNames.g.cs")).Contains("case 258: return \"riscv_hwprobe\";\n");
        var host = run.Source("HostCall.g.cs");
        await Assert.That(host).Contains("ClockGettime = 113,\n");
        await Assert.That(host).Contains("    228, // clock_gettime\n");
        await Assert.That(host).DoesNotContain("RiscvHwprobe");
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
    public async Task EMUSYS_IllTypedMethodsAreNamedWhereTheyStand(string methods, string id, string message)
    {
        var diagnostic = await Assert.That(new SyscallCompilation(methods).Diagnostics).HasSingleItem();
        await Assert.That((diagnostic.Id, diagnostic.Severity, diagnostic.GetMessage())).IsEqualTo((id, DiagnosticSeverity.Error, message));
        await Assert.That((diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line)).IsEqualTo(("Calls.cs", 1));
    }

    [Test]
    [Arguments("57 | close")]
    [Arguments("x | close | 3")]
    [Arguments("58 | | 3")]
    [Arguments("58 | close | x")]
    [Arguments("57 | shut | 3")]
    public async Task EMUSYS006_ABadRowIsNamedWithItsLine(string row)
    {
        var diagnostic = await Assert.That(new SyscallCompilation(Close, SyscallCompilation.Names + "\n" + row).Diagnostics).HasSingleItem();
        await Assert.That(diagnostic.Id).IsEqualTo("EMUSYS006");
        await Assert.That((diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line)).IsEqualTo(("tables/linux.syscalls", 5));
    }

    [Test]
    public async Task NothingIsDoneAgainIfOnlyOtherCodeChanges()
    {
        var run = new SyscallCompilation(Openat);
        run.Edit();
        foreach (var reason in run.OutputReasons)
            await Assert.That(reason).IsEqualTo(IncrementalStepRunReason.Cached);
    }
}
