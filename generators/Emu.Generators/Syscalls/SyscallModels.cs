using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Emu.Generators.Syscalls;

/// <summary>A place in source text, in values that can be cached.</summary>
internal sealed record SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public Location Location => Location.Create(Path, Span, Lines);

    public static SourcePlace Of(Location location) => new(location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
}

/// <summary>How a parameter is made from argument registers.</summary>
internal enum ParameterForm
{
    /// <summary>An integer of C#.</summary>
    Integer,
    /// <summary>An enum: an integer whose trace text comes from its members.</summary>
    Enum,
    /// <summary>A type with <c>[SyscallArgument]</c>.</summary>
    Argument,
    /// <summary>Anything else: an error.</summary>
    Unknown,
}

/// <summary>One parameter of a system call after the context.</summary>
internal sealed record ParameterModel(string Name, string Type, ParameterForm Form, int Words);

/// <summary>One member of an enum that is used as a parameter.</summary>
internal sealed record EnumMemberModel(string Name, long Value);

/// <summary>An enum that is used as a parameter.</summary>
internal sealed record EnumModel(string Type, bool IsFlags, long ChoiceMask, EquatableArray<EnumMemberModel> Members);

/// <summary>One method with <c>[Syscall]</c>.</summary>
internal sealed record SyscallModel(
    int Number,
    string Method,
    string Type,
    string Returns,
    string? Problem,
    EquatableArray<ParameterModel> Parameters,
    EquatableArray<EnumModel> Enums,
    SourcePlace Place);

/// <summary>A row of a <c>.syscalls</c> table, understood: generic number, name, number on x86-64.</summary>
internal sealed record SyscallNameRow(TableRow Row)
{
    public int Number => int.TryParse(Row[0], out var number) ? number : -1;

    public string Name => Row[1];

    /// <summary>The number on x86-64, or -1 if the call does not exist there.</summary>
    public int NumberX64 => int.TryParse(Row[2], out var number) ? number : -1;

    public bool IsSound => Row.Cells.Length == 3 && Number >= 0 && Name.Length > 0 && (Row[2] == "-" || NumberX64 >= 0);
}
