using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins.Hosting;
using TUnit.Assertions.Enums;

namespace Emu.Plugins.Tests.Options;

public class PluginSelectionTests
{
    [Test]
    public async Task R1_several_plugins_each_with_its_own_options()
    {
        var chosen = Parse("options,switch=on,number=1", "bb,inline=on", "insn").Plugins;

        await Assert.That(chosen.Select(plugin => plugin.Descriptor.Name)).IsEquivalentTo(["options", "bb", "insn"], CollectionOrdering.Matching);
        await Assert.That(chosen[0].Options.Names).IsEquivalentTo(["switch", "number"], CollectionOrdering.Matching);
        await Assert.That(chosen[1].Options.Names).IsEquivalentTo(["inline"], CollectionOrdering.Matching);
        await Assert.That(chosen[2].Options.Names).IsEmpty();
    }

    [Test]
    [Arguments("")]
    [Arguments(",inline=on")]
    public async Task R3_an_empty_name_is_refused(string text) =>
        await Assert.That(Refused(text)).StartsWith("'-p' needs a plugin's name; there are: bb, ");

    [Test]
    public async Task R4_an_option_before_any_name_is_refused() =>
        await Assert.That(Refused("inline=on")).StartsWith("the option 'inline=on' stands before any plugin's name; write -p NAME,inline=on; there are: bb,");

    [Test]
    [Arguments("ins", "no plugin is named 'ins' (did you mean 'insn'?); there are: bb, ")]
    [Arguments("something-else", "no plugin is named 'something-else'; there are: bb, ")]
    [Arguments("BB", "no plugin is named 'BB' (did you mean 'bb'?); there are:")]
    public async Task R4_an_unknown_plugin_is_refused_with_what_there_is(string text, string message) => await Assert.That(Refused(text)).StartsWith(message);

    [Test]
    [Arguments("bb,inlin=on", "plugin 'bb' has no option 'inlin' (did you mean 'inline'?); there are: inline, idle, range, symbol, module, class, mnemonic, skip, count, every, thread, start, stop")]
    [Arguments("bb,=on", "plugin 'bb' has no option ''; there are: inline, idle, range, symbol, module, class, mnemonic, skip, count, every, thread, start, stop")]
    [Arguments("empty,x", "plugin 'empty' has no option 'x'; there are: range, symbol, module, class, mnemonic, skip, count, every, thread, start, stop")]
    [Arguments("required,x", "plugin 'required' has no option 'x'; there are: limit")]
    public async Task R4_an_unknown_option_is_refused_with_what_there_is(string text, string message) => await Assert.That(Refused(text)).IsEqualTo(message);

    [Test]
    public async Task R4_without_plugins_every_name_is_refused()
    {
        var error = Assert.ThrowsExactly<PluginOptionException>(() => PluginSelection.Parse(NoPlugins.Plugins, ["bb"]));
        await Assert.That(error.Message).IsEqualTo("plugin 'bb' is not in this build, which has none");
    }

    [Test]
    public async Task R5_the_same_plugin_twice_is_one_whose_options_accumulate()
    {
        var chosen = await Assert.That(Parse("options,switch=on,number=1,list=a", "options,number=2,list=b").Plugins).HasSingleItem();
        var plugin = Make(chosen);

        await Assert.That(plugin.Switch).IsTrue();
        await Assert.That(plugin.Number).IsEqualTo(2);
        await Assert.That(plugin.List).IsEquivalentTo(["a", "b"], CollectionOrdering.Matching);
    }

    [Test]
    [Arguments("on", true)]
    [Arguments("yes", true)]
    [Arguments("true", true)]
    [Arguments("y", true)]
    [Arguments("1", true)]
    [Arguments("ON", true)]
    [Arguments("off", false)]
    [Arguments("no", false)]
    [Arguments("false", false)]
    [Arguments("n", false)]
    [Arguments("0", false)]
    public async Task R58_booleans_have_QEMUs_spellings(string text, bool value) =>
        await Assert.That(Make(Parse($"options,switch={text}").Plugins[0]).Switch).IsEqualTo(value);

    [Test]
    public async Task R58_the_bare_name_is_on() => await Assert.That(Make(Parse("options,switch").Plugins[0]).Switch).IsTrue();

    [Test]
    [Arguments("switch=maybe", "option 'switch' does not take 'maybe'; allowed: on, yes, true, y, 1, off, no, false, n or 0")]
    [Arguments("switch=", "option 'switch' does not take ''; allowed: on, yes, true, y, 1, off, no, false, n or 0")]
    [Arguments("number=x", "option 'number' does not take 'x'; allowed: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("number=2147483648", "option 'number' does not take '2147483648'; allowed: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("number", "option 'number' needs a value: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("positive=-1", "option 'positive' does not take '-1'; allowed: a whole number from 0 to 4294967295, decimal or 0x hexadecimal")]
    [Arguments("choice=neither", "option 'choice' does not take 'neither'; allowed: first, second-best")]
    [Arguments("text", "option 'text' needs a value: a text")]
    [Arguments("fraction=nan", "option 'fraction' does not take 'nan'; allowed: a number, with a fraction behind a point")]
    [Arguments("fraction=1e999", "option 'fraction' does not take '1e999'; allowed: a number, with a fraction behind a point")]
    [Arguments("size=4T", "option 'size' does not take '4T'; allowed: a number of bytes, decimal or 0x hexadecimal, or one with K, M or G behind it")]
    [Arguments("size=-1", "option 'size' does not take '-1'; allowed: a number of bytes, decimal or 0x hexadecimal, or one with K, M or G behind it")]
    [Arguments("size=17179869184G", "option 'size' does not take '17179869184G'; allowed: a number of bytes, decimal or 0x hexadecimal, or one with K, M or G behind it")]
    [Arguments("size=K", "option 'size' does not take 'K'; allowed: a number of bytes, decimal or 0x hexadecimal, or one with K, M or G behind it")]
    [Arguments("range=8-8", "option 'range' does not take '8-8'; allowed: addresses as START-END, END not included, START+SIZE, or one address")]
    [Arguments("range=0x10+", "option 'range' does not take '0x10+'; allowed: addresses as START-END, END not included, START+SIZE, or one address")]
    [Arguments("range", "option 'range' needs a value: addresses as START-END, END not included, START+SIZE, or one address")]
    [Arguments("numbers=1,numbers=x", "option 'numbers' does not take 'x'; allowed: a whole number from 0 to 18446744073709551615, decimal or 0x hexadecimal")]
    public async Task R4_a_bad_value_is_refused_with_what_is_allowed(string option, string message)
    {
        var chosen = Parse($"options,{option}").Plugins[0];
        var error = Assert.ThrowsExactly<PluginOptionException>(() => Make(chosen));
        await Assert.That(error.Message).IsEqualTo($"plugin 'options': {message}");
    }

    [Test]
    public async Task Defaults_are_those_of_the_properties()
    {
        var plugin = Make(Parse("options").Plugins[0]);

        await Assert.That(plugin.Switch).IsFalse();
        await Assert.That(plugin.Number).IsEqualTo(-7);
        await Assert.That(plugin.Positive).IsEqualTo(8u);
        await Assert.That(plugin.Text).IsEqualTo("text");
        await Assert.That(plugin.Choice).IsEqualTo(Choices.First);
        await Assert.That(plugin.List).IsEmpty();
    }

    [Test]
    public async Task Values_are_typed()
    {
        var plugin = Make(Parse("options,number=-12,positive=0xFF,long=-9223372036854775808,big=0xFFFFFFFFFFFFFFFF,text=a=b,choice=second-best,list=x").Plugins[0]);

        await Assert.That(plugin.Number).IsEqualTo(-12);
        await Assert.That(plugin.Positive).IsEqualTo(255u);
        await Assert.That(plugin.Long).IsEqualTo(long.MinValue);
        await Assert.That(plugin.Big).IsEqualTo(ulong.MaxValue);
        await Assert.That(plugin.Text).IsEqualTo("a=b");
        await Assert.That(plugin.Choice).IsEqualTo(Choices.SecondBest);
        await Assert.That(plugin.List).IsEquivalentTo(["x"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task Sizes_ranges_fractions_and_lists_are_typed()
    {
        var plugin = Make(Parse("options,fraction=-2.5e3,size=3M,range=0x1000+4K,numbers=0x10,numbers=7,ranges=5,ranges=0x10-0x20").Plugins[0]);

        await Assert.That(plugin.Fraction).IsEqualTo(-2500.0);
        await Assert.That(plugin.Size).IsEqualTo(new ByteSize(3 << 20));
        await Assert.That(plugin.Range).IsEqualTo(new AddressRange(0x1000, 0x2000));
        await Assert.That(plugin.Range.Contains(0x1FFF) && !plugin.Range.Contains(0x2000)).IsTrue();
        await Assert.That(plugin.Numbers).IsEquivalentTo([16UL, 7UL], CollectionOrdering.Matching);
        await Assert.That(plugin.Ranges).IsEquivalentTo([new AddressRange(5, 6), new AddressRange(0x10, 0x20)], CollectionOrdering.Matching);
    }

    [Test]
    public async Task R4_an_option_that_is_needed_and_missing_is_refused()
    {
        var chosen = Parse("required").Plugins[0];
        var error = Assert.ThrowsExactly<PluginOptionException>(() => chosen.Descriptor.Create(chosen.Options));
        await Assert.That(error.Message).IsEqualTo("plugin 'required': option 'limit' is missing; write -p required,limit=…");
        await Assert.That(Parse("required,help").Help).IsEqualTo("required: Cannot do without an option\n  limit=N  How much (needed)\n");
    }

    [Test]
    public async Task A_comma_in_a_value_is_written_twice() => await Assert.That(Make(Parse("options,text=a,,b").Plugins[0]).Text).IsEqualTo("a,b");

    [Test]
    [Arguments("bb,arg=inline")]
    [Arguments("bb,arg=inline=on")]
    [Arguments("bb,arg=inline=yes")]
    public async Task QEMUs_old_spelling_of_arguments_is_accepted(string text) => await Assert.That(Parse(text).Plugins[0].Options.Names).IsEquivalentTo(["inline"], CollectionOrdering.Matching);

    [Test]
    public async Task Help_lists_the_plugins()
    {
        var help = Parse("help").Help;

        await Assert.That(help).Matches(@"\n  insn +Counts executed instructions\n");
        await Assert.That(help).Matches(@"\n  options +Has one of each option\n");
    }

    [Test]
    public async Task Help_explains_a_plugins_options() => await Assert.That(Parse("options,help").Help).IsEqualTo("""
        options: Has one of each option
          switch[=on|off]                            A switch
          number=N                                   A number (default: -7)
          positive=N                                 A number without a sign (default: 8)
          long=N                                     A long number (default: 0)
          big=N                                      A long number without a sign (default: 0)
          text=TEXT                                  A text (default: text)
          choice=first|second-best                   A choice (default: first)
          list=TEXT (repeatable)                     Texts
          fraction=N[.N]                             A fraction (default: 0.5)
          size=BYTES[K|M|G]                          A size (default: 64K)
          range=START-END|START+BYTES                A range
          numbers=N (repeatable)                     Numbers (default: 1 2)
          ranges=START-END|START+BYTES (repeatable)  Ranges

        """);

    [Test]
    public async Task Default_options_of_a_build_stand_before_those_of_the_command_line()
    {
        var linked = new[] { PluginClass.DescriptorOf<OptionsPlugin>("number=5,text=a,,b,list=x") };
        var plugin = Make(PluginSelection.Parse(linked, ["options,list=y,number=6", "options,switch"]).Plugins[0]);

        await Assert.That(plugin.Number).IsEqualTo(6);
        await Assert.That(plugin.Text).IsEqualTo("a,b");
        await Assert.That(plugin.Switch).IsTrue();
        await Assert.That(plugin.List).IsEquivalentTo(["x", "y"], CollectionOrdering.Matching);
        await Assert.That(PluginSelection.Parse(linked, ["options,help"]).Help).EndsWith("\nThis build begins with number=5,text=a,,b,list=x; what is given comes after it.\n");
    }

    [Test]
    [Arguments("nmber=5", "plugin 'options' has no option 'nmber' (did you mean 'number'?)", "'nmber=5'")]
    [Arguments("allow=write", "plugin 'options' changes nothing, so there is nothing to allow", "'allow=write'")]
    public async Task R4_default_options_that_are_wrong_are_refused(string defaults, string start, string end)
    {
        var linked = new[] { PluginClass.DescriptorOf<OptionsPlugin>(defaults) };
        var error = Assert.ThrowsExactly<PluginOptionException>(() => PluginSelection.Parse(linked, ["options"]));
        await Assert.That(error.Message).StartsWith(start).And.EndsWith($" (in this build's default options, {end})");
    }

    private static PluginSelection Parse(params string[] texts) => PluginSelection.Parse(LinkedPlugins.Plugins, texts);

    private static string Refused(string text) => Assert.ThrowsExactly<PluginOptionException>(() => Parse(text)).Message;

    private static OptionsPlugin Make(ChosenPlugin chosen) => (OptionsPlugin)chosen.Descriptor.Create(chosen.Options);
}
