using Emu.Backend.X64.Assembly;
using Iced.Intel;

namespace Emu.Backend.X64.Tests.Assembly;

/// <summary>What Iced reads in what the assembler wrote.</summary>
internal static unsafe class Decoded
{
    public static readonly string[] Wide = ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"];
    public static readonly string[] Narrow = ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d"];
    public static readonly string[] Words = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di", "r8w", "r9w", "r10w", "r11w", "r12w", "r13w", "r14w", "r15w"];
    public static readonly string[] Bytes = ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil", "r8b", "r9b", "r10b", "r11b", "r12b", "r13b", "r14b", "r15b"];

    /// <summary>Fails unless the action writes exactly one instruction, with that text.</summary>
    public static void Is(string expected, Action<Asm> write)
    {
        var buffer = stackalloc byte[32];
        var asm = new Asm { At = buffer };
        write(asm);
        var text = new StringOutput();
        foreach (var instruction in All(buffer, asm.At))
            new NasmFormatter().Format(instruction, text);
        var actual = text.ToStringAndReset();
        if (actual != expected)
            Assert.Fail($"expected: {expected}\nwritten: {actual}");
    }

    /// <summary>What lies from one address to another, from address 0 on.</summary>
    public static IReadOnlyList<Instruction> All(byte* start, byte* end)
    {
        var bytes = new ReadOnlySpan<byte>(start, (int)(end - start)).ToArray();
        var decoder = Decoder.Create(64, new ByteArrayCodeReader(bytes));
        var instructions = new List<Instruction>();
        while (decoder.IP < (ulong)bytes.Length)
            instructions.Add(decoder.Decode());
        return instructions;
    }

    /// <summary>The name of a general register.</summary>
    public static string Name(Reg register, bool wide = true) => (wide ? Wide : Narrow)[(int)register];

    /// <summary>The name of a vector register.</summary>
    public static string Name(Xmm register) => $"xmm{(int)register}";
}
