using System.Numerics;
using Emu.Ir.Float;

namespace Emu.Ir.Tests.Float;

/// <summary><see cref="SoftFloat"/>'s results to nearest even against the host's floating-point unit.</summary>
public sealed class SoftFloatHostTests
{
    private const int Seed = 4195835;
    private const int Count = 200_000;

    [Test]
    public async Task Binary64AgreesWithTheHost() => await Compare<Binary64, double>(
        BitConverter.UInt64BitsToDouble, BitConverter.DoubleToUInt64Bits, value => value);

    [Test]
    public async Task Binary32AgreesWithTheHost() => await Compare<Binary32, float>(
        bits => BitConverter.UInt32BitsToSingle((uint)bits), value => BitConverter.SingleToUInt32Bits(value), value => value);

    private async Task Compare<TFormat, THost>(Func<ulong, THost> toHost, Func<THost, ulong> fromHost, Func<THost, double> widen)
        where TFormat : struct, IFloatFormat
        where THost : struct, IBinaryFloatingPointIeee754<THost>
    {
        TestContext.Current!.Output.WriteLine($"seed {Seed}");
        var operands = new FloatOperands<TFormat>(new Random(Seed));
        const IrRounding Even = IrRounding.NearestEven;
        uint flags = 0;
        for (var i = 0; i < Count; i++)
        {
            var a = operands.Next();
            var b = operands.NextBeside(a);
            var c = operands.NextBesideProduct(a, b);
            THost x = toHost(a), y = toHost(b), z = toHost(c);
            await Check("+", x + y, SoftFloat.Add<TFormat>(a, b, Even, ref flags));
            await Check("-", x - y, SoftFloat.Subtract<TFormat>(a, b, Even, ref flags));
            await Check("*", x * y, SoftFloat.Multiply<TFormat>(a, b, Even, ref flags));
            await Check("/", x / y, SoftFloat.Divide<TFormat>(a, b, Even, ref flags));
            await Check("sqrt", THost.Sqrt(x), SoftFloat.SquareRoot<TFormat>(a, Even, ref flags));
            await Check("fma", THost.FusedMultiplyAdd(x, y, z), SoftFloat.FusedMultiplyAdd<TFormat>(a, b, c, Even, ref flags));
            await Assert.That(SoftFloat.Equal<TFormat>(a, b, ref flags) != 0).IsEqualTo(x == y);
            await Assert.That(SoftFloat.Less<TFormat>(a, b, ref flags) != 0).IsEqualTo(x < y);
            await Assert.That(SoftFloat.LessEqual<TFormat>(a, b, ref flags) != 0).IsEqualTo(x <= y);
            if (!THost.IsNaN(x)) await Assert.That(BitConverter.UInt64BitsToDouble(Widen(a))).IsEqualTo(widen(x));

            async Task Check(string operation, THost expected, ulong actual)
            {
                var bits = THost.IsNaN(expected) ? FloatFormat<TFormat>.CanonicalNaN : fromHost(expected);
                await Assert.That(bits == actual).IsTrue().Because($"seed {Seed}: {operation} of {a:x} {b:x} {c:x} is {bits:x}, not {actual:x}");
            }
        }

        ulong Widen(ulong bits) => SoftFloat.Convert<TFormat, Binary64>(bits, Even, ref flags);
    }
}
