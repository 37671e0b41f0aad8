namespace Emu.Cli.CommandLine;

/// <summary>In what form plugins report; each is a word of <c>--report</c>.</summary>
internal enum ReportForm
{
    /// <summary>Lines for people.</summary>
    Text,
    /// <summary>One JSON object.</summary>
    Json,
    /// <summary>Comma-separated values.</summary>
    Csv,
}
