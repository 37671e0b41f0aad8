namespace Emu.Cli.CommandLine;

/// <summary>The words of <c>--report</c>.</summary>
internal static class ReportForms
{
    /// <summary>A word for each <see cref="ReportForm"/>, in their order.</summary>
    public static readonly string[] Names = ["text", "json", "csv"];

    /// <summary>The form that a word means.</summary>
    /// <exception cref="EmuFailure">It means none; the message lists them.</exception>
    public static ReportForm Parse(string word) => (ReportForm)Array.IndexOf(Names, Words.Require(word, "report form", Names));
}
