namespace Emu.Plugins;

/// <summary>A system call of a program. Lives only during the event; the compiler refuses to keep it.</summary>
public readonly ref struct SystemCall
{
    private readonly ReadOnlySpan<ulong> _arguments;

    internal SystemCall(long number, string name, ReadOnlySpan<ulong> arguments)
    {
        (Number, Name) = (number, name);
        _arguments = arguments;
    }

    /// <summary>The number, as the guest's operating system counts on the guest's architecture.</summary>
    public long Number { get; }

    /// <summary>The name in the operating system's manual, such as <c>write</c>; empty if the number is not known.</summary>
    public string Name { get; }

    /// <summary>How many arguments a call can have at most.</summary>
    public int ArgumentCount => _arguments.Length;

    /// <summary>An argument register, from 0; what is behind the arguments that the call has is whatever the guest left there.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such argument.</exception>
    public ulong this[int index] => _arguments[index];
}
