using System.Net;

namespace StandardPlugins;

/// <summary>The page around the data. It needs nothing else: no network, no other file.</summary>
internal static class Page
{
    private static readonly (string Id, string Name, string Explanation)[] Sections =
    [
        ("functions", "Functions", "Where instructions were executed, in the functions themselves, not in those that they called."),
        ("flame", "Flame graph", "Each function below its caller, as wide as the instructions of it and of all that it called. A click or Enter makes one as wide as the picture, Escape takes that back; the arrows go to callers, callees and neighbours."),
        ("blocks", "Blocks", "The blocks in which most instructions were executed, with their instructions and, where the program has debug information, the source lines that these come from."),
        ("memory", "Memory by function", "Which functions loaded and stored most."),
        ("pages", "Memory by page", "Each square is a page that was accessed, in the order of addresses: blue if it was mostly read, orange if it was mostly written."),
        ("mix", "Kinds of instructions", "By class, and by the extension that brings them."),
        ("branches", "Branches", "What sent the program elsewhere than to the next instruction."),
        ("threads", "Threads", "When each thread ran (green) and waited in a system call (grey)."),
    ];

    /// <summary>What stands after the data.</summary>
    public static string Tail => $"</script>\n<script>\n{PageScript.Text}\n{FlameScript.Text}\n{PageScript.Start}\n</script>\n</body>\n</html>\n";

    /// <summary>What stands before the data.</summary>
    public static string Head(string title)
    {
        var name = WebUtility.HtmlEncode(title);
        var links = string.Concat(Array.ConvertAll(Sections, static section => $"<a href=\"#{section.Id}\">{section.Name}</a>\n"));
        var sections = string.Concat(Array.ConvertAll(Sections, static section =>
            $"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-head\">\n<h2 id=\"{section.Id}-head\">{section.Name}</h2>\n<p>{section.Explanation}</p>\n<div class=\"content\"></div>\n</section>\n"));
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>{name}: where time and memory traffic go</title>
            <style>
            {PageStyle.Text}
            </style>
            </head>
            <body>
            <header>
            <h1>{name}</h1>
            <p>What was executed under Emu, counted exactly.</p>
            <div class="cards" id="summary"></div>
            </header>
            <main>
            <nav aria-label="Sections">
            {links}</nav>
            {sections}</main>
            <noscript>This page draws itself with a script, which is a part of it.</noscript>
            <script type="application/json" id="data">

            """;
    }
}
