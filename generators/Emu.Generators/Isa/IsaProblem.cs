using Emu.Generators.Shared;
using Microsoft.CodeAnalysis;

namespace Emu.Generators.Isa;

/// <summary>Something wrong with a row of the tables. Numbers are explained in this folder's README.</summary>
internal sealed record IsaProblem(DiagnosticDescriptor Rule, TableRow Row, string Message)
{
    public static readonly DiagnosticDescriptor BadRow = Define("EMUISA001", "Malformed row");
    public static readonly DiagnosticDescriptor BadEncoding = Define("EMUISA002", "Malformed encoding");
    public static readonly DiagnosticDescriptor UnknownFormat = Define("EMUISA003", "Unknown format");
    public static readonly DiagnosticDescriptor UnknownOperand = Define("EMUISA004", "Operand is not in the format");
    public static readonly DiagnosticDescriptor DuplicateName = Define("EMUISA005", "Duplicate name");
    public static readonly DiagnosticDescriptor Overlap = Define("EMUISA006", "Overlapping encodings");
    public static readonly DiagnosticDescriptor BadMask = Define("EMUISA007", "Encoding and operands disagree");
    public static readonly DiagnosticDescriptor BadExpansion = Define("EMUISA008", "Expansion does not fit the base instruction");
    public static readonly DiagnosticDescriptor NotNarrower = Define("EMUISA009", "Encoding is not within the instruction it refines");
    public static readonly DiagnosticDescriptor BadText = Define("EMUISA010", "Text names an unknown operand");
    public static readonly DiagnosticDescriptor UnknownExtension = Define("EMUISA011", "Unknown extension");

    private static DiagnosticDescriptor Define(string id, string title) =>
        new(id, title, "'{0}': {1}", "Emu.Isa", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Row.Location, Row[0], Message);
}
