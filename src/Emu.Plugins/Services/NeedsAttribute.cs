namespace Emu.Plugins;

/// <summary>
/// Says that a plugin uses a service that another plugin provides, by <see cref="Host.Service{TService}"/>. The plugin's project refers to that one's, so that both are linked; the build
/// refuses an emulator in which the service is missing, comes twice, or is needed in a circle.
/// </summary>
/// <typeparam name="TService">The interface that a plugin with <see cref="ProvidesAttribute{TService}"/> implements.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class NeedsAttribute<TService> : Attribute
    where TService : class;
