using Emu.Generators.Shared;

namespace Emu.Generators.Plugins;

/// <summary>Writes what a plugin class gets: description, option parsing, callback structs, native entries.</summary>
internal static class PluginWriter
{
    private const string Contract = "global::Emu.Plugins.";
    private const string Hosting = Contract + "Hosting.";
    private const string MethodImpl = "global::System.Runtime.CompilerServices.MethodImpl";

    public static string Write(PluginModel plugin)
    {
        var writer = new SourceWriter()
            .Line($"[assembly: {Hosting}LinkedPlugin(typeof({plugin.QualifiedName}), {plugin.ApiVersion})]")
            .Line();
        if (plugin.Space.Length > 0)
            writer.Line($"namespace {plugin.Space};").Line();
        writer.Open($"partial class {plugin.TypeName} : {Hosting}IPluginClass")
            .Line($"static {Hosting}PluginDescriptor {Hosting}IPluginClass.Descriptor => PluginFactory.Descriptor;")
            .Line();
        WriteBinding(writer, plugin);
        WriteCallbacks(writer, plugin);
        WriteNativeCallbacks(writer, plugin);
        WriteFactory(writer, plugin);
        return writer.Close().ToString();
    }

    /// <summary>The events as an expression.</summary>
    public static string Events(IEnumerable<string> events) =>
        string.Join(" | ", events.Select(name => $"{Contract}PluginEvents.{name}").DefaultIfEmpty($"{Contract}PluginEvents.None"));

    private static void WriteBinding(SourceWriter writer, PluginModel plugin)
    {
        writer.Open($"static {(plugin.Callbacks.Length > 0 ? "unsafe " : "")}void {Hosting}IPluginClass.BindCallbacks<TBinder>(ref TBinder binder)");
        foreach (var callback in plugin.Callbacks)
            writer.Line($"binder.Bind{CallOf(callback)}<{BoundStruct(callback)}>(&NativeCallbacks.{NativeName(callback)});");
        writer.Close();
    }

    private static void WriteCallbacks(SourceWriter writer, PluginModel plugin)
    {
        if (plugin.Callbacks.All(callback => callback.Method is null))
            return;
        writer.Line().Summary("The callbacks of this plugin as types, one for each callback method and named like it.").Open($"private static partial class {CallbackReader.Holder}");
        foreach (var callback in plugin.Callbacks.Where(callback => callback.Method is not null))
        {
            var contract = callback.Contract;
            var (told, pass) = contract.Told.Length > 0 ? ($"in {Contract}{contract.Told} {contract.Parameter}, ", $"{contract.Parameter}, ") : ("", "");
            if (callback.RegisterUse != "None")
                pass = $"{Hosting}VCpuCapabilities.{(callback.RegisterUse == "Read" ? "RegistersOf" : "ControlOf")}(in vcpu), " + pass;
            writer.Summary($"Calls {callback.Method}.")
                .Open($"public readonly struct {callback.Method} : {Contract}{contract.Interface}")
                .Summary("Whether the body of the method may be compiled into the handler that calls it.")
                .Line($"public static bool IsInlined => {(callback.IsInlined ? "true" : "false")};")
                .Summary("What the method declares to do with the guest's registers.")
                .Line($"public static {Contract}RegisterUse RegisterUse => {Contract}RegisterUse.{callback.RegisterUse};")
                .Summary($"Calls {callback.Method}.")
                .Line($"[{MethodImpl}({MethodImpl}Options.AggressiveInlining)]")
                .Line($"public static void Invoke({Contract}Plugin self, in {Contract}VCpu vcpu, {told}nint userData) =>")
                .Line($"    global::System.Runtime.CompilerServices.Unsafe.As<{plugin.QualifiedName}>(self).{callback.Method}(vcpu, {pass}userData);");
            WriteBody(writer, plugin, callback);
            writer.Close();
        }

        writer.Close();
    }

    private static void WriteBody(SourceWriter writer, PluginModel plugin, CallbackModel callback)
    {
        if (!callback.IsLowered)
            return;
        writer.Summary($"Tells what {callback.Method} does.")
            .Open($"public static bool Lower({Contract}Plugin self, {Hosting}CallbackBody body, nint userData)")
            .Line($"var plugin = global::System.Runtime.CompilerServices.Unsafe.As<{plugin.QualifiedName}>(self);");
        foreach (var line in callback.Body)
            writer.Line(line);
        writer.Line("return true;").Close();
    }

    private static void WriteNativeCallbacks(SourceWriter writer, PluginModel plugin)
    {
        if (plugin.Callbacks.Length == 0)
            return;
        writer.Line().Summary("The same callbacks for machine code.").Open("private static class NativeCallbacks");
        foreach (var callback in plugin.Callbacks)
        {
            var (record, pass) = callback.Kind == CallbackKind.Exec ? ("", "") : ("nint record, ", "record, ");
            writer.Line("[global::System.Runtime.InteropServices.UnmanagedCallersOnly]")
                .Line($"internal static void {NativeName(callback)}(nint plugin, nint vcpu, {record}nint userData) =>")
                .Line($"    {Hosting}PluginCalls.{CallOf(callback)}FromNative<{BoundStruct(callback)}>(plugin, vcpu, {pass}userData);");
        }

        writer.Close();
    }

    /// <summary>Edges come to a plugin by the calls that are there for memory accesses.</summary>
    private static string CallOf(CallbackModel callback) => callback.Kind == CallbackKind.Exec ? "Exec" : "Memory";

    private static string BoundStruct(CallbackModel callback) => callback.Kind == CallbackKind.Edge ? $"{Hosting}EdgeAccess<{callback.Struct}>" : callback.Struct;

    private static void WriteFactory(SourceWriter writer, PluginModel plugin)
    {
        writer.Line().Summary("Describes the plugin and makes one.").Open("private static class PluginFactory")
            .Line($"internal static readonly {Hosting}PluginDescriptor Descriptor = Describe();")
            .Line()
            .Open($"private static {Hosting}PluginDescriptor Describe()");
        if (plugin.Options.Length > 0)
            writer.Line($"var defaults = new {plugin.QualifiedName}();");
        writer.Open($"return new {Hosting}PluginDescriptor")
            .Line($"Name = {PluginNames.Literal(plugin.Name)},")
            .Line($"Summary = {PluginNames.Literal(plugin.Summary)},")
            .Line($"Events = {Events(plugin.Events)},")
            .Line($"ChangesGuest = {(plugin.Callbacks.Any(callback => callback.RegisterUse == "Write") ? "true" : "false")},")
            .Line($"Provides = {Types(plugin.Services.Provided)},")
            .Line($"Needs = {Types(plugin.Services.Needed)},")
            .Line("Create = Create,")
            .Line($"Options = new {Hosting}OptionDescriptor[]").Open();
        foreach (var option in plugin.Options)
            writer.Line($"new({PluginNames.Literal(option.Name)}, {PluginNames.Literal(option.Summary)}, {Hosting}OptionKind.{option.DescribedKind}, {Words(option)}, {(option.IsRequired ? "\"\"" : Default(option))}){Properties(option)},");
        writer.Close(",").Close(";").Close().Line()
            .Open($"private static {Contract}Plugin Create({Hosting}OptionValues values)");
        if (plugin.Options.Length > 0)
            writer.Line($"var defaults = new {plugin.QualifiedName}();");
        foreach (var option in plugin.Options.Where(option => option.IsRequired))
            writer.Line($"values.Require({PluginNames.Literal(option.Name)});");
        writer.Line($"return new {plugin.QualifiedName}").Open();
        foreach (var option in plugin.Options)
            writer.Line($"{option.Property} = {Value(option)},");
        writer.Close(";").Close().Close();
    }

    private static string Types(IEnumerable<string> names) => $"new global::System.Type[] {{ {string.Join(", ", names.Select(name => $"typeof({name})"))} }}";

    private static string Properties(OptionModel option) => (option.IsRequired, option.IsList) switch
    {
        (true, true) => " { IsRequired = true, IsList = true }",
        (true, false) => " { IsRequired = true }",
        (false, true) => " { IsList = true }",
        _ => "",
    };

    private static string Words(OptionModel option) => $"new string[] {{ {string.Join(", ", option.Choices.Select(member => PluginNames.Literal(PluginNames.Word(member))))} }}";

    private static string Default(OptionModel option) => $"{Hosting}OptionText.Of(defaults.{option.Property}{Pairs(option)})";

    private static string Value(OptionModel option) =>
        $"values.{option.Kind}({PluginNames.Literal(option.Name)}, defaults.{option.Property}{Pairs(option)})";

    private static string Pairs(OptionModel option) => option.Kind != "Choice"
        ? ""
        : $", new (string, {option.Type})[] {{ {string.Join(", ", option.Choices.Select(member => $"({PluginNames.Literal(PluginNames.Word(member))}, {option.Type}.{member})"))} }}";

    private static string NativeName(CallbackModel callback) => callback.Struct.Replace($"{CallbackReader.Holder}.", "").Replace('.', '_');
}
