namespace Emu.Plugins.Tests.Options;

/// <summary>A choice of two.</summary>
public enum Choices
{
    First,
    SecondBest,
}

/// <summary>Has one of each option; does nothing.</summary>
[EmuPlugin("options", "Has one of each option")]
public sealed partial class OptionsPlugin : Plugin, IOnExit
{
    [Option("switch", "A switch")]
    public bool Switch { get; init; }

    [Option("number", "A number")]
    public int Number { get; init; } = -7;

    [Option("positive", "A number without a sign")]
    public uint Positive { get; init; } = 8;

    [Option("long", "A long number")]
    public long Long { get; init; }

    [Option("big", "A long number without a sign")]
    public ulong Big { get; set; }

    [Option("text", "A text")]
    public string Text { get; init; } = "text";

    [Option("choice", "A choice")]
    public Choices Choice { get; init; }

    [Option("list", "Texts")]
    public string[] List { get; init; } = [];

    [Option("fraction", "A fraction")]
    public double Fraction { get; init; } = 0.5;

    [Option("size", "A size")]
    public ByteSize Size { get; init; } = new(64 * 1024);

    [Option("range", "A range")]
    public AddressRange Range { get; init; }

    [Option("numbers", "Numbers")]
    public ulong[] Numbers { get; init; } = [1, 2];

    [Option("ranges", "Ranges")]
    public AddressRange[] Ranges { get; init; } = [];

    public void OnExit(ReportWriter report)
    {
    }
}
