namespace Emu.Cli.Control;

/// <summary>A command of <c>--ctl</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usage">The arguments that it takes, for people; nothing if none.</param>
/// <param name="Least">How many it needs.</param>
/// <param name="Most">How many it takes.</param>
/// <param name="Summary">What it does.</param>
/// <param name="Run">Does it, and returns the answer. Throws what a wrong argument throws.</param>
internal sealed record ControlCommand(string Name, string Usage, int Least, int Most, string Summary, Func<ControlRequest, byte[]> Run)
{
    /// <summary>Its name and arguments.</summary>
    public string Call => Usage.Length == 0 ? Name : $"{Name} {Usage}";
}
