using Emu.Engine.Memory;

namespace Emu.Linux.Tests.Calls;

/// <summary>
/// Random calls with wild arguments: whatever the guest passes, the answer is a result or an error, and the emulator lives. Calls are left out that block, that end or
/// signal processes, or that change something outside the guest.
/// </summary>
public sealed class CallFuzzTests
{
    private const int LastErrno = 133;

    private static readonly int[] Numbers =
    [
        8, 9, 10, 11, 12, 13, 17, 19, 20, 21, 23, 25, 26, 27, 28, 29, 43, 44, 46, 47, 48, 56, 59, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 75, 78, 79, 80, 83, 85, 86, 87,
        90, 92, 96, 99, 100, 113, 114, 120, 121, 123, 125, 126, 127, 132, 134, 135, 136, 141, 148, 150, 153, 155, 156, 158, 160, 163, 165, 168, 169, 179, 199, 203, 204, 205, 206, 207,
        185, 196, 197, 208, 209, 211, 212, 213, 214, 215, 216, 222, 223, 226, 227, 228, 229, 232, 233, 235, 236, 239, 258, 259, 264, 269, 270, 271, 272, 275, 278, 279, 283, 284,
        286, 287, 288, 289, 290, 291, 439, 451, 9999,
    ];

    private static readonly int[] FirstIsNoDescriptor = [92, 96, 99, 113, 114, 132, 134, 135, 136, 153, 163, 165, 169, 179, 214, 215, 222, 226, 227, 233, 259, 278, 283];

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    public async Task WildArgumentsAreAnswered(int seed)
    {
        using var guest = new CallHarness();
        var random = new Random(seed);
        guest.Call(59, CallHarness.Buffer, 0x80800); // O_CLOEXEC | O_NONBLOCK
        ulong[] descriptors = [(ulong)guest.Read<int>(CallHarness.Buffer), (ulong)guest.Read<int>(CallHarness.Buffer + 4), 9999, ulong.MaxValue];
        var opened = new HashSet<ulong>(descriptors[..2]);
        for (var step = 0; step < 5000; step++)
        {
            var number = Numbers[random.Next(Numbers.Length)];
            Span<ulong> arguments = [Word(), Word(), Word(), Word(), Word(), Word()];
            // The descriptors of the process that runs the tests are none of the guest's business.
            if ((int)arguments[0] is >= 0 and < 4096 && !FirstIsNoDescriptor.Contains(number) && !descriptors.Contains(arguments[0]))
                arguments[0] = ulong.MaxValue;
            if (number == 56)
                arguments[2] = 0x80800; // O_RDONLY | O_NONBLOCK | O_CLOEXEC: what is named by chance must not be changed
            var result = guest.Call(number, arguments);
            await Assert.That(result >= -LastErrno && guest.GoesOn).IsTrue().Because($"seed {seed}, step {step}: call {number} answered {result}");
            if (number is 19 or 20 or 23 or 25 or 26 or 56 or 85 or 279 && result > 2 && result < 9000)
                opened.Add((ulong)result);
            if (opened.Count > 100)
                CloseAll();
            guest.Trace.GetStringBuilder().Clear();
            if (!guest.Memory.Allows(CallHarness.Buffer, 0x8000, PagePermissions.Read | PagePermissions.Write))
                guest.Memory.MapAnonymous(CallHarness.Buffer, CallHarness.BufferEnd - CallHarness.Buffer, PagePermissions.Read | PagePermissions.Write);
        }

        CloseAll();
        guest.Call(57, descriptors[0]);
        guest.Call(57, descriptors[1]);

        ulong Word() => random.Next(12) switch
        {
            0 => 0,
            1 => ulong.MaxValue,
            2 => GuestMemory.Size - (ulong)random.Next(1, 64),
            3 => GuestMemory.Size + (ulong)random.Next(64),
            4 => CallHarness.BufferEnd - (ulong)random.Next(64),
            5 or 6 => CallHarness.Buffer + (ulong)random.Next(0x8000),
            7 => 1UL << random.Next(64),
            8 => (ulong)random.NextInt64(),
            9 => (ulong)random.Next(3, 64) << 12,
            _ => descriptors[random.Next(descriptors.Length)],
        };

        void CloseAll()
        {
            opened.ExceptWith(descriptors);
            foreach (var descriptor in opened)
                guest.Call(57, descriptor);
            opened.Clear();
        }
    }
}
