namespace Emu.Plugins.Hosting;

/// <summary>
/// Takes down what a callback's body does, so that translated code can do it without a call. Generated code tells it, at each place that the callback is asked for, when
/// the code there is translated: fields that a plugin sets once, user data and the kind of an access are constants then, and what depends only on them is gone.
/// </summary>
/// <remarks>Everything that is computed is free of effects and of failures, so both ways of an <c>if</c> are computed and only what is written depends on the condition.</remarks>
public abstract class CallbackBody
{
    /// <summary>Guest address of the instruction.</summary>
    public abstract BodyValue ProgramCounter { get; }

    /// <summary>A register of 8 bytes, at this point.</summary>
    /// <exception cref="NotSupportedException">Only a call can read it.</exception>
    public abstract BodyValue Read<T>(Register<T> register)
        where T : unmanaged;

    /// <summary>Guest address of the access.</summary>
    public abstract BodyValue Address { get; }

    /// <summary>The value that was loaded or stored, zero-extended.</summary>
    public abstract BodyValue Value { get; }

    /// <summary>Bytes accessed.</summary>
    public abstract BodyValue Size { get; }

    /// <summary>Whether the access is a store.</summary>
    public abstract BodyValue IsStore { get; }

    /// <summary>Whether the loaded value is sign-extended.</summary>
    public abstract BodyValue IsSignExtended { get; }

    /// <summary>Computes from one number.</summary>
    public BodyValue Apply(BodyOp op, BodyValue a) => Apply(op, a, BodyValue.Of(0UL));

    /// <summary>Computes from two numbers.</summary>
    public abstract BodyValue Apply(BodyOp op, BodyValue a, BodyValue b);

    /// <summary>One of two numbers.</summary>
    public abstract BodyValue Select(BodyValue condition, BodyValue whenTrue, BodyValue whenFalse);

    /// <summary>A word of this vCPU's entry.</summary>
    /// <param name="entry">The first word.</param>
    /// <param name="index">How many words behind it: within the entry, whatever the guest does.</param>
    public abstract BodyValue Read(ScoreboardEntry entry, BodyValue index);

    /// <summary>Writes a word of this vCPU's entry; operands as for <see cref="Read"/>.</summary>
    public abstract void Write(ScoreboardEntry entry, BodyValue index, BodyValue value);

    /// <summary>Adds to a word of this vCPU's entry; operands as for <see cref="Read"/>.</summary>
    public abstract void Add(ScoreboardEntry entry, BodyValue index, BodyValue amount);

    /// <summary>What a local holds after an assignment: its old value where that is not reached.</summary>
    public abstract BodyValue Assign(BodyValue old, BodyValue value);

    /// <summary>What follows is done only if the condition holds, until <see cref="Else"/> or <see cref="End"/>.</summary>
    public abstract void If(BodyValue condition);

    /// <summary>What follows is done only if the condition of the <see cref="If"/> does not hold.</summary>
    public abstract void Else();

    /// <summary>Ends an <see cref="If"/>.</summary>
    public abstract void End();

    /// <summary>The body ends here, where this is reached.</summary>
    public abstract void Return();
}
