using Emu.Engine.Instrumentation.CommandLine;
using Emu.Plugins.Hosting;
using Assert = Xunit.Assert;

namespace Emu.Plugins.Tests.Options;

public class PluginSelectionTests
{
    [Test]
    public void R1_several_plugins_each_with_its_own_options()
    {
        var chosen = Parse("options,switch=on,number=1", "bb,inline=on", "insn").Plugins;

        Assert.Equal(["options", "bb", "insn"], chosen.Select(plugin => plugin.Descriptor.Name));
        Assert.Equal(["switch", "number"], chosen[0].Options.Names);
        Assert.Equal(["inline"], chosen[1].Options.Names);
        Assert.Empty(chosen[2].Options.Names);
    }

    [Test]
    [Arguments("")]
    [Arguments(",inline=on")]
    public void R3_an_empty_name_is_refused(string text) =>
        Assert.StartsWith("'-p' needs a plugin's name; there are: bb, ", Refused(text));

    [Test]
    public void R4_an_option_before_any_name_is_refused() =>
        Assert.StartsWith("the option 'inline=on' stands before any plugin's name; write -p NAME,inline=on; there are: bb,", Refused("inline=on"));

    [Test]
    [Arguments("ins", "no plugin is named 'ins' (did you mean 'insn'?); there are: bb, ")]
    [Arguments("something-else", "no plugin is named 'something-else'; there are: bb, ")]
    [Arguments("BB", "no plugin is named 'BB' (did you mean 'bb'?); there are:")]
    public void R4_an_unknown_plugin_is_refused_with_what_there_is(string text, string message) => Assert.StartsWith(message, Refused(text));

    [Test]
    [Arguments("bb,inlin=on", "plugin 'bb' has no option 'inlin' (did you mean 'inline'?); there are: inline, idle")]
    [Arguments("bb,=on", "plugin 'bb' has no option ''; there are: inline, idle")]
    [Arguments("empty,x", "plugin 'empty' has no option 'x'; it has none")]
    public void R4_an_unknown_option_is_refused_with_what_there_is(string text, string message) => Assert.Equal(message, Refused(text));

    [Test]
    public void R4_without_plugins_every_name_is_refused()
    {
        var error = Assert.Throws<PluginOptionException>(() => PluginSelection.Parse(NoPlugins.Plugins, ["bb"]));
        Assert.Equal("plugin 'bb' is not in this build, which has none", error.Message);
    }

    [Test]
    public void R5_the_same_plugin_twice_is_one_whose_options_accumulate()
    {
        var chosen = Assert.Single(Parse("options,switch=on,number=1,list=a", "options,number=2,list=b").Plugins);
        var plugin = Make(chosen);

        Assert.True(plugin.Switch);
        Assert.Equal(2, plugin.Number);
        Assert.Equal(["a", "b"], plugin.List);
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
    public void R58_booleans_have_QEMUs_spellings(string text, bool value) =>
        Assert.Equal(value, Make(Parse($"options,switch={text}").Plugins[0]).Switch);

    [Test]
    public void R58_the_bare_name_is_on() => Assert.True(Make(Parse("options,switch").Plugins[0]).Switch);

    [Test]
    [Arguments("switch=maybe", "option 'switch' does not take 'maybe'; allowed: on, yes, true, y, 1, off, no, false, n or 0")]
    [Arguments("switch=", "option 'switch' does not take ''; allowed: on, yes, true, y, 1, off, no, false, n or 0")]
    [Arguments("number=x", "option 'number' does not take 'x'; allowed: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("number=2147483648", "option 'number' does not take '2147483648'; allowed: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("number", "option 'number' needs a value: a whole number from -2147483648 to 2147483647, decimal or 0x hexadecimal")]
    [Arguments("positive=-1", "option 'positive' does not take '-1'; allowed: a whole number from 0 to 4294967295, decimal or 0x hexadecimal")]
    [Arguments("choice=neither", "option 'choice' does not take 'neither'; allowed: first, second-best")]
    [Arguments("text", "option 'text' needs a value: a text")]
    public void R4_a_bad_value_is_refused_with_what_is_allowed(string option, string message)
    {
        var chosen = Parse($"options,{option}").Plugins[0];
        var error = Assert.Throws<PluginOptionException>(() => Make(chosen));
        Assert.Equal($"plugin 'options': {message}", error.Message);
    }

    [Test]
    public void Defaults_are_those_of_the_properties()
    {
        var plugin = Make(Parse("options").Plugins[0]);

        Assert.False(plugin.Switch);
        Assert.Equal(-7, plugin.Number);
        Assert.Equal(8u, plugin.Positive);
        Assert.Equal("text", plugin.Text);
        Assert.Equal(Choices.First, plugin.Choice);
        Assert.Empty(plugin.List);
    }

    [Test]
    public void Values_are_typed()
    {
        var plugin = Make(Parse("options,number=-12,positive=0xFF,long=-9223372036854775808,big=0xFFFFFFFFFFFFFFFF,text=a=b,choice=second-best,list=x").Plugins[0]);

        Assert.Equal(-12, plugin.Number);
        Assert.Equal(255u, plugin.Positive);
        Assert.Equal(long.MinValue, plugin.Long);
        Assert.Equal(ulong.MaxValue, plugin.Big);
        Assert.Equal("a=b", plugin.Text);
        Assert.Equal(Choices.SecondBest, plugin.Choice);
        Assert.Equal(["x"], plugin.List);
    }

    [Test]
    public void A_comma_in_a_value_is_written_twice() => Assert.Equal("a,b", Make(Parse("options,text=a,,b").Plugins[0]).Text);

    [Test]
    [Arguments("bb,arg=inline")]
    [Arguments("bb,arg=inline=on")]
    [Arguments("bb,arg=inline=yes")]
    public void QEMUs_old_spelling_of_arguments_is_accepted(string text) => Assert.Equal(["inline"], Parse(text).Plugins[0].Options.Names);

    [Test]
    public void Help_lists_the_plugins()
    {
        var help = Parse("help").Help;

        Assert.Contains("\ninsn       Counts executed instructions\n", help);
        Assert.Contains("\noptions    Has one of each option\n", help);
    }

    [Test]
    public void Help_explains_a_plugins_options() => Assert.Equal(
        """
        options: Has one of each option
          switch[=on|off]           A switch
          number=N                  A number (default: -7)
          positive=N                A number without a sign (default: 8)
          long=N                    A long number (default: 0)
          big=N                     A long number without a sign (default: 0)
          text=TEXT                 A text (default: text)
          choice=first|second-best  A choice (default: first)
          list=TEXT (repeatable)    Texts

        """,
        Parse("options,help").Help);

    private static PluginSelection Parse(params string[] texts) => PluginSelection.Parse(LinkedPlugins.Plugins, texts);

    private static string Refused(string text) => Assert.Throws<PluginOptionException>(() => Parse(text)).Message;

    private static OptionsPlugin Make(ChosenPlugin chosen) => (OptionsPlugin)chosen.Descriptor.Create(chosen.Options);
}
