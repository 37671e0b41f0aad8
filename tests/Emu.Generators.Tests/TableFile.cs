using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Emu.Generators.Tests;

/// <summary>A table that stands only in memory.</summary>
internal sealed class TableFile(string path, string content) : AdditionalText
{
    private readonly SourceText _text = SourceText.From(content);

    /// <inheritdoc/>
    public override string Path => path;

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
}
