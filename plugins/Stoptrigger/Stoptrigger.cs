using Emu.Plugins;

namespace StandardPlugins;

/// <summary>Ends the guest when a vCPU has executed a number of instructions, or comes to an address.</summary>
[EmuPlugin("stoptrigger", "Ends the guest at a number of instructions or an address")]
public sealed partial class Stoptrigger : Plugin, IOnTranslate
{
    public static PluginTopic Topic => PluginTopic.Steering;

    public static string Example => "-p stoptrigger,icount=1000000 PROGRAM";

    private readonly Dictionary<ulong, int> _codes = [];
    private (ulong Count, int Code)? _limit;
    private Scoreboard<ulong> _begun = null!;

    [Option("icount", "N[:CODE]: when a vCPU has executed N instructions; CODE is what the emulator exits with, 0 without it")]
    public string InstructionCount { get; init; } = "";

    [Option("addr", "ADDRESS[:CODE]: before the instruction at this address, hexadecimal, is executed")]
    public string[] Addresses { get; init; } = [];

    public override void Install(in GuestInfo guest)
    {
        if (InstructionCount.Length > 0)
            _limit = Trigger.Parse("icount", InstructionCount, isHexadecimal: false);
        foreach (var text in Addresses)
        {
            var (address, code) = Trigger.Parse("addr", text, isHexadecimal: true);
            _codes[address] = code;
        }

        if (_limit is null && _codes.Count == 0)
            throw new PluginInstallException("nothing would end the guest: give it icount=N[:CODE] or addr=ADDRESS[:CODE]");
        _begun = Host.NewScoreboard<ulong>();
    }

    public void OnTranslate(TranslationBlock block)
    {
        foreach (var insn in block)
        {
            if (_codes.ContainsKey(insn.Address))
                insn.OnExecute<Callbacks.Reached>((nint)insn.Address);
            if (_limit is not { } limit)
                continue;
            // It has executed so many when it begins the next one.
            insn.OnExecuteIf<Callbacks.Counted>(Condition.Equal, _begun.Entry(), limit.Count, (nint)insn.Address);
            insn.AddOnExecute(_begun.Entry(), 1);
        }
    }

    [ExecCallback]
    private void Reached(in VCpu vcpu, nint address) => Host.Stop(_codes[(ulong)address], $"0x{address:x} reached, exiting");

    [ExecCallback]
    private void Counted(in VCpu vcpu, nint address) => Host.Stop(_limit!.Value.Code, $"icount reached at 0x{address:x}, exiting");
}
