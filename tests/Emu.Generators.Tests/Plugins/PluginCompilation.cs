using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Emu.Generators.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Emu.Generators.Tests.Plugins;

/// <summary>A project with plugins in memory, and what the generator makes of it.</summary>
internal sealed class PluginCompilation : GeneratorCompilation
{
    private static readonly ImmutableArray<MetadataReference> Contract = References("Emu.Plugins.dll");

    /// <param name="source">The project's own code; <c>using Emu.Plugins;</c> is put before it.</param>
    /// <param name="isExecutable">Whether it asks for a registry.</param>
    /// <param name="allowUnsafe">Whether unsafe code is allowed.</param>
    /// <param name="name">The project's name.</param>
    /// <param name="defaults">What it gives the plugins of assemblies as options.</param>
    /// <param name="references">Other projects.</param>
    public PluginCompilation(string source, bool isExecutable = false, bool allowUnsafe = true, string name = "Project", string? defaults = null, params IEnumerable<MetadataReference> references)
        : base(new PluginGenerator(), Project(source, allowUnsafe, name, references), [], new Options(isExecutable, defaults))
    {
    }

    /// <summary>The numbers of what the generator complains of.</summary>
    public IEnumerable<string> Ids => Diagnostics.Select(static diagnostic => diagnostic.Id).Where(static id => id.StartsWith("EMU", StringComparison.Ordinal));

    private static CSharpCompilation Project(string source, bool allowUnsafe, string name, IEnumerable<MetadataReference> references) => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText("global using System; global using Emu.Plugins;"), CSharpSyntaxTree.ParseText(source, path: "Project.cs")],
        [.. Contract, .. references],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: allowUnsafe, nullableContextOptions: NullableContextOptions.Enable));

    private sealed class Options(bool isExecutable, string? defaults) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Global(isExecutable, defaults);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Global(bool isExecutable, string? defaults) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key switch
                {
                    "build_property.EmuPluginRegistry" when isExecutable => "true",
                    "build_property.EmuPluginDefaults" => defaults,
                    _ => null,
                };
                return value is not null;
            }
        }
    }
}
