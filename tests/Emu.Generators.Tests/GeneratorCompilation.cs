using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Emu.Generators.Tests;

/// <summary>A project that exists only in memory, and what a generator makes of it: the common half of what each generator is tested with.</summary>
internal abstract class GeneratorCompilation
{
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    protected GeneratorCompilation(IIncrementalGenerator generator, CSharpCompilation compilation, IEnumerable<AdditionalText> tables, AnalyzerConfigOptionsProvider? options = null)
    {
        _compilation = compilation;
        _driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()], tables, optionsProvider: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>What the generator and then the compiler complain of.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private set; }

    /// <summary>What the generator only tells.</summary>
    public ImmutableArray<Diagnostic> Notes { get; private set; }

    /// <summary>Why each output of the last run was or was not made again.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons =>
        Result.TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static step => step.Outputs).Select(static output => output.Reason);

    /// <summary>Names of the generated files.</summary>
    public IEnumerable<string> Files => Result.GeneratedSources.Select(static source => source.HintName);

    private GeneratorRunResult Result => _driver.GetRunResult().Results[0];

    /// <summary>The generated file of that name.</summary>
    public string Source(string name) => Result.GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();

    /// <summary>Adds a file that has nothing to do with what the generator looks for, and runs again.</summary>
    public void Edit()
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Other;"));
        Run();
    }

    /// <summary>The compiled project, to be referenced by another.</summary>
    public async Task<MetadataReference> Compile()
    {
        _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var updated, out _);
        using var image = new MemoryStream();
        var result = updated.Emit(image);
        await Assert.That(result.Success).IsTrue().Because(string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>Replaces all tables, and runs again.</summary>
    protected void Replace(ImmutableArray<AdditionalText> tables)
    {
        _driver = _driver.ReplaceAdditionalTexts(tables);
        Run();
    }

    /// <summary>The framework's assemblies, and those of the given names.</summary>
    protected static ImmutableArray<MetadataReference> References(params string[] others) =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || others.Contains(Path.GetFileName(path)))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var updated, out var diagnostics);
        Notes = [.. diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Info)];
        Diagnostics = [.. diagnostics.Except(Notes), .. updated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }
}
