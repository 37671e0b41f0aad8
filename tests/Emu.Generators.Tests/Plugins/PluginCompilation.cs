using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Emu.Generators.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Emu.Generators.Tests.Plugins;

/// <summary>A project with plugins in memory, and what the generator makes of it.</summary>
internal sealed class PluginCompilation
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) == "Emu.Plugins.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    /// <param name="source">The project's own code; <c>using Emu.Plugins;</c> is put before it.</param>
    /// <param name="isExecutable">Whether it asks for a registry.</param>
    /// <param name="allowUnsafe">Whether unsafe code is allowed.</param>
    /// <param name="references">Other projects.</param>
    public PluginCompilation(string source, bool isExecutable = false, bool allowUnsafe = true, string name = "Project", params IEnumerable<MetadataReference> references)
    {
        _compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText("global using System; global using Emu.Plugins;"), CSharpSyntaxTree.ParseText(source, path: "Project.cs")],
            [.. References, .. references],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: allowUnsafe, nullableContextOptions: NullableContextOptions.Enable));
        _driver = CSharpGeneratorDriver.Create(
            [new PluginGenerator().AsSourceGenerator()],
            optionsProvider: new Options(isExecutable),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        Run();
    }

    /// <summary>What the generator and then the compiler complain of.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; private set; }

    /// <summary>The numbers of what the generator complains of.</summary>
    public IEnumerable<string> Ids => Diagnostics.Select(static diagnostic => diagnostic.Id).Where(static id => id.StartsWith("EMU", StringComparison.Ordinal));

    /// <summary>Why each output of the last run was or was not made again.</summary>
    public IEnumerable<IncrementalStepRunReason> OutputReasons =>
        _driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static step => step.Outputs).Select(static output => output.Reason);

    /// <summary>Names of the generated files.</summary>
    public IEnumerable<string> Files => _driver.GetRunResult().Results[0].GeneratedSources.Select(static source => source.HintName);

    /// <summary>The generated file of that name.</summary>
    public string Source(string name) => _driver.GetRunResult().Results[0].GeneratedSources.Single(source => source.HintName == name).SourceText.ToString();

    /// <summary>Adds a file that has nothing to do with plugins, and runs again.</summary>
    public void Edit()
    {
        _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal static class Other;"));
        Run();
    }

    /// <summary>The compiled project, to be referenced by another.</summary>
    public MetadataReference Compile()
    {
        _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var updated, out _);
        using var image = new MemoryStream();
        var result = updated.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private void Run()
    {
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var updated, out var diagnostics);
        Diagnostics = [.. diagnostics, .. updated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
    }

    private sealed class Options(bool isExecutable) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global(isExecutable);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Global(bool isExecutable) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = isExecutable && key == "build_property.EmuPluginRegistry" ? "true" : null;
                return value is not null;
            }
        }
    }
}
