namespace Emu.Generators.Plugins.Lowering;

/// <summary>Names of the contract in generated code.</summary>
internal static class Names
{
    private const string Hosting = "global::Emu.Plugins.Hosting.";

    public const string Value = Hosting + "BodyValue";

    public static string Op(string name) => $"{Hosting}BodyOp.{name}";

    /// <summary>A number that is known when code is translated.</summary>
    public static string Constant(string number) => $"{Value}.Of({number})";
}
