using Microsoft.CodeAnalysis;

namespace Emu.Generators.Plugins;

/// <summary>What can be wrong with a plugin; the table in this folder's README says what to do.</summary>
internal static class PluginRules
{
    public static readonly DiagnosticDescriptor Shape = Define("EMUPLG001", "A plugin is a public sealed partial class", "Plugin class '{0}' must be {1}");
    public static readonly DiagnosticDescriptor Base = Define("EMUPLG002", "A plugin derives from Plugin", "Plugin class '{0}' must derive from Emu.Plugins.Plugin");
    public static readonly DiagnosticDescriptor Constructor = Define("EMUPLG003", "A plugin has a parameterless constructor", "Plugin class '{0}' must have a parameterless constructor");
    public static readonly DiagnosticDescriptor Name = Define("EMUPLG004", "Bad name", "'{0}' is no name for {1}");
    public static readonly DiagnosticDescriptor Signature = Define("EMUPLG005", "Bad signature of a callback", "Callback method '{0}' must be 'void {0}({1})', an instance method without type parameters; 'Registers registers' or 'VCpuControl control' may stand behind the vCPU");
    public static readonly DiagnosticDescriptor Stray = Define("EMUPLG006", "Attribute outside of a plugin", "'{0}' has [{1}], but its class is no plugin: it lacks [EmuPlugin]");
    public static readonly DiagnosticDescriptor OptionType = Define("EMUPLG007", "Bad type of an option", "Option '{0}' cannot be of type '{1}'; allowed: bool, int, uint, long, ulong, double, string, ByteSize, AddressRange, an enum, or an array of a number, text, size or range");
    public static readonly DiagnosticDescriptor OptionProperty = Define("EMUPLG008", "Bad property of an option", "Option '{0}' must be an instance property with get and init (or set) that is not required");
    public static readonly DiagnosticDescriptor Twice = Define("EMUPLG009", "Name used twice", "'{0}' is used twice: {1}");
    public static readonly DiagnosticDescriptor NoEvents = Define("EMUPLG010", "A plugin without events", "Plugin '{0}' implements no event interface, so it never gets anything", DiagnosticSeverity.Warning);
    public static readonly DiagnosticDescriptor ApiVersion = Define("EMUPLG011", "Plugin of another API version", "Plugin '{0}' {1}");
    public static readonly DiagnosticDescriptor Unsafe = Define("EMUPLG012", "Unsafe code is not allowed", "Plugin '{0}' has callbacks: its project needs <AllowUnsafeBlocks>true</AllowUnsafeBlocks>");
    public static readonly DiagnosticDescriptor Unmarked = Define("EMUPLG013", "A plugin without its attribute",
        "Class '{0}' derives from Plugin but lacks [EmuPlugin(\"name\", \"summary\")], so no emulator finds it; a base of plugins is abstract", DiagnosticSeverity.Warning);
    public static readonly DiagnosticDescriptor Callback = Define("EMUPLG014", "No such callback", "There is no callback '{0}': {1}");
    public static readonly DiagnosticDescriptor NoTypeArgument = Define("EMUPLG015", "A callback is a type argument",
        "{0} takes its callback as a type argument, not as a delegate: add a method, {1}, and write {0}<Callbacks.Name>(…)");
    public static readonly DiagnosticDescriptor Called = Define("EMUPLG016", "A callback is called",
        "Callback '{0}' is called by translated code, which cannot do what it does itself: {1}", DiagnosticSeverity.Info);

    public static readonly DiagnosticDescriptor Defaults = Define("EMUPLG017", "Default options of nobody",
        "DefaultOptions are given to one plugin, but '{0}' has {1}");

    public static readonly DiagnosticDescriptor ServiceType = Define("EMUPLG018", "Bad service", "'{0}' is no service that plugin '{1}' can name: a service is an interface, and who provides it implements it");
    public static readonly DiagnosticDescriptor ServiceLink = Define("EMUPLG019", "A service that is missing, or comes twice, or needs itself", "Service '{0}' {1}");

    public static readonly DiagnosticDescriptor RecordShape = Define("EMUPLG020", "Bad record of a trace", "'{0}', with [TraceRecord] or around a struct with it, must be {1}");
    public static readonly DiagnosticDescriptor RecordField = Define("EMUPLG021", "Bad field of a trace's record", "Field '{0}' of a trace's record must be an integer or an enum, neither static nor readonly");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById =
        new[] { Shape, Base, Constructor, Name, Signature, Stray, OptionType, OptionProperty, Twice, NoEvents, ApiVersion, Unsafe, Unmarked, Callback, NoTypeArgument, Called, Defaults, ServiceType, ServiceLink, RecordShape, RecordField }.ToDictionary(rule => rule.Id);

    public static DiagnosticDescriptor Of(string id) => ById[id];

    private static DiagnosticDescriptor Define(string id, string title, string message, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        new(id, title, message, "Emu.Plugins", severity, isEnabledByDefault: true);
}
