using System.Collections.Immutable;
using Emu.Generators.Syscalls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Emu.Generators.Tests.Syscalls;

/// <summary>A small operating system in memory: the hand-written half, the methods under test, and what the generator makes of them.</summary>
internal sealed class SyscallCompilation : GeneratorCompilation
{
    public const string Names = """
        # a comment
        56 | openat | 257
        57 | close | 3
        113 | clock_gettime | 228
        258 | riscv_hwprobe | -
        """;

    private const string HandWritten = """
        global using System;
        namespace Emu.Linux.Trace
        {
            public readonly record struct TraceName(long Value, string Name);
            public sealed class TraceLine
            {
                public TraceLine Next() => this;
                public void Number(long value) { }
                public void Address(ulong value) { }
                public void Flags(long value, long mask, ReadOnlySpan<TraceName> names) { }
                public void Choice(long value, long mask, ReadOnlySpan<TraceName> names) { }
            }
            public sealed class SyscallTrace
            {
                public TraceLine Begin(string? name, Emu.Linux.Calls.SysResult result) => new();
                public void End(TraceLine line, Emu.Linux.Calls.SysResult result, Emu.Linux.Calls.SyscallReturns returns) { }
            }
        }
        namespace Emu.Linux.Calls
        {
            using Emu.Linux.Trace;
            public enum SyscallReturns { Number, Address, Octal, Never }
            public sealed class SyscallAttribute(int number) : Attribute { public int Number => number; public SyscallReturns Returns { get; init; } }
            public sealed class SyscallArgumentAttribute(int words) : Attribute { public int Words => words; }
            public sealed class ChoiceAttribute(long mask) : Attribute { public long Mask => mask; }
            public readonly record struct SysResult(long Value) { public static SysResult None => new(0); public static SysResult Fault => new(-14); }
            public readonly ref struct SyscallContext { public ulong this[int index] => 0; public SyscallTrace? Trace => null; }
            [SyscallArgument(2)] public readonly struct Buffer
            {
                public static bool TryTake(ref SyscallContext context, int index, out Buffer argument) { argument = default; return true; }
                public void Trace(TraceLine line, ref SyscallContext context) { }
            }
            [Flags, Choice(3)] public enum OpenFlags { O_RDONLY = 0, O_RDWR = 2, O_CREAT = 0x40 }
            public enum Clock { CLOCK_REALTIME }
            internal static partial class SyscallTable { private static SysResult Unknown(ref SyscallContext context, ulong number) => new(-38); }
        }
        """;

    private static readonly ImmutableArray<MetadataReference> Framework = References();

    public SyscallCompilation(string methods, string names = Names)
        : base(new SyscallGenerator(), Linux(methods), [new TableText("tables/linux.syscalls", names)])
    {
    }

    private static CSharpCompilation Linux(string methods)
    {
        var calls = "namespace Emu.Linux.Calls { public struct NoArgument { } public sealed class Methods {\n" + methods + "\n} }";
        return CSharpCompilation.Create(
            "Linux",
            [CSharpSyntaxTree.ParseText(HandWritten), CSharpSyntaxTree.ParseText(calls, path: "Calls.cs")],
            Framework,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
