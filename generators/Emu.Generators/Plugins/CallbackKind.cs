namespace Emu.Generators.Plugins;

/// <summary>The kinds of callbacks.</summary>
internal enum CallbackKind
{
    /// <summary>At an instruction or a block.</summary>
    Exec,
    /// <summary>At a memory access.</summary>
    Memory,
    /// <summary>At an edge.</summary>
    Edge,
}

/// <summary>What the contract has for a kind of callbacks.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Attribute">What marks a method, without <c>Attribute</c>.</param>
/// <param name="Interface">What a struct implements.</param>
/// <param name="Told">The type, passed by <c>in</c>, of what a callback is told of beside the vCPU; empty for none.</param>
/// <param name="Registrations">The methods that ask for one.</param>
internal sealed record CallbackContract(CallbackKind Kind, string Attribute, string Interface, string Told, params string[] Registrations)
{
    /// <summary>All kinds.</summary>
    public static readonly CallbackContract[] All =
    [
        new(CallbackKind.Exec, "ExecCallback", "IExecCallback", "", "OnExecute", "OnExecuteIf", "OnComplete"),
        new(CallbackKind.Memory, "MemoryCallback", "IMemoryCallback", "MemoryAccess", "OnMemory"),
        new(CallbackKind.Edge, "EdgeCallback", "IEdgeCallback", "Edge", "OnEdge"),
    ];

    /// <summary>The name of the parameter of that type.</summary>
    public string Parameter => Kind == CallbackKind.Edge ? "edge" : "access";

    /// <summary>The parameters of a method.</summary>
    public string Parameters => $"in VCpu vcpu, {(Told.Length > 0 ? $"in {Told} {Parameter}, " : "")}nint userData";

    /// <summary>What a kind has.</summary>
    public static CallbackContract Of(CallbackKind kind) => All.First(contract => contract.Kind == kind);

    /// <summary>The contract that a test finds, or null.</summary>
    public static CallbackContract? Find(Func<CallbackContract, bool> test) => All.FirstOrDefault(test);
}
