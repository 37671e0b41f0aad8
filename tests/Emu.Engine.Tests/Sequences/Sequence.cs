using CsCheck;
using Emu.Guest.RiscV;

namespace Emu.Engine.Tests.Sequences;

/// <summary>A piece of code and the registers that it begins with.</summary>
/// <param name="Steps">Its instructions.</param>
/// <param name="Registers">In the order of <see cref="SequenceProgram"/>'s dumps; the bases of memory accesses are set by the program.</param>
internal sealed record Sequence(IReadOnlyList<Step> Steps, ulong[] Registers)
{
    /// <summary>As it stands in memory.</summary>
    public byte[] Code()
    {
        var code = new Assembler();
        var targets = new List<(Label Target, int Place)>();
        for (var place = 0; place < Steps.Count; place++)
        {
            PlaceTargets(code, targets, place);
            if (Steps[place].AddTo(code) is { } target)
                targets.Add((target, place + 1 + Steps[place].Distance));
        }

        PlaceTargets(code, targets, int.MaxValue);
        return code.ToArray();
    }

    /// <summary>Some of its instructions in their order, fewer being smaller; CsCheck looks for the smallest part that still fails.</summary>
    public Gen<Sequence> Parts() =>
        from count in Gen.Int[1, Steps.Count]
        from places in Gen.Shuffle(Enumerable.Range(0, Steps.Count).ToArray(), count)
        select this with { Steps = [.. places.Order().Select(place => Steps[place])] };

    private static void PlaceTargets(Assembler code, List<(Label Target, int Place)> targets, int place)
    {
        foreach (var (target, _) in targets.Where(target => target.Place <= place))
            code.Place(target);
        targets.RemoveAll(target => target.Place <= place);
    }
}

/// <summary>How a step goes on.</summary>
internal enum Branch
{
    /// <summary>It is no branch.</summary>
    None,
    Equal,
    NotEqual,
    Less,
    GreaterOrEqual,
    LessUnsigned,
    GreaterOrEqualUnsigned,
    Always,
}

/// <summary>An instruction that falls through, or a branch forward over up to so many.</summary>
internal readonly record struct Step(uint Word, Branch Branch = Branch.None, XRegister A = default, XRegister B = default, int Distance = 0)
{
    /// <summary>Appends it; the target that is still to be placed, if it has one.</summary>
    public Label? AddTo(Assembler code)
    {
        var target = new Label();
        switch (Branch)
        {
            case Branch.Equal: code.Beq(A, B, target); break;
            case Branch.NotEqual: code.Bne(A, B, target); break;
            case Branch.Less: code.Blt(A, B, target); break;
            case Branch.GreaterOrEqual: code.Bge(A, B, target); break;
            case Branch.LessUnsigned: code.Bltu(A, B, target); break;
            case Branch.GreaterOrEqualUnsigned: code.Bgeu(A, B, target); break;
            case Branch.Always: code.Jal(XRegister.Zero, target); break;
            default: code.Word(Word); return null;
        }

        return target;
    }
}
