namespace Emu.Generators.Plugins.Lowering;

/// <summary>A number of a callback's body.</summary>
/// <param name="Code">The C# expression that tells it to the contract's <c>CallbackBody</c>.</param>
/// <param name="Max">If it is known not to be negative: what it is at most.</param>
internal readonly record struct Lowered(string Code, ulong? Max);
