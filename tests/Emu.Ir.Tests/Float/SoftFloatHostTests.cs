using System.Numerics;
using Emu.Ir.Float;
using Assert = Xunit.Assert;

namespace Emu.Ir.Tests.Float;

/// <summary><see cref="SoftFloat"/>'s results to nearest even against the host's floating-point unit.</summary>
public sealed class SoftFloatHostTests
{
    private const int Seed = 4195835;
    private const int Count = 200_000;

    [Test]
    public void Binary64AgreesWithTheHost() => Compare<Binary64, double>(
        BitConverter.UInt64BitsToDouble, BitConverter.DoubleToUInt64Bits, value => value);

    [Test]
    public void Binary32AgreesWithTheHost() => Compare<Binary32, float>(
        bits => BitConverter.UInt32BitsToSingle((uint)bits), value => BitConverter.SingleToUInt32Bits(value), value => value);

    private void Compare<TFormat, THost>(Func<ulong, THost> toHost, Func<THost, ulong> fromHost, Func<THost, double> widen)
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
            Check("+", x + y, SoftFloat.Add<TFormat>(a, b, Even, ref flags));
            Check("-", x - y, SoftFloat.Subtract<TFormat>(a, b, Even, ref flags));
            Check("*", x * y, SoftFloat.Multiply<TFormat>(a, b, Even, ref flags));
            Check("/", x / y, SoftFloat.Divide<TFormat>(a, b, Even, ref flags));
            Check("sqrt", THost.Sqrt(x), SoftFloat.SquareRoot<TFormat>(a, Even, ref flags));
            Check("fma", THost.FusedMultiplyAdd(x, y, z), SoftFloat.FusedMultiplyAdd<TFormat>(a, b, c, Even, ref flags));
            Assert.Equal(x == y, SoftFloat.Equal<TFormat>(a, b, ref flags) != 0);
            Assert.Equal(x < y, SoftFloat.Less<TFormat>(a, b, ref flags) != 0);
            Assert.Equal(x <= y, SoftFloat.LessEqual<TFormat>(a, b, ref flags) != 0);
            if (!THost.IsNaN(x)) Assert.Equal(widen(x), BitConverter.UInt64BitsToDouble(Widen(a)));

            void Check(string operation, THost expected, ulong actual)
            {
                var bits = THost.IsNaN(expected) ? FloatFormat<TFormat>.CanonicalNaN : fromHost(expected);
                Assert.True(bits == actual, $"seed {Seed}: {operation} of {a:x} {b:x} {c:x} is {bits:x}, not {actual:x}");
            }
        }

        ulong Widen(ulong bits) => SoftFloat.Convert<TFormat, Binary64>(bits, Even, ref flags);
    }
}
