namespace Emu.Plugins;

/// <summary>
/// Says that a plugin provides a service to other plugins: the class implements <typeparamref name="TService"/>, and <see cref="Host.Service{TService}"/> gives it to those that
/// have <see cref="NeedsAttribute{TService}"/>. It is installed before them, and if the user has not asked for it, it reports nothing and is taken away with the last of them.
/// </summary>
/// <typeparam name="TService">An interface. Of the plugins of one emulator one provides it, which the build checks.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ProvidesAttribute<TService> : Attribute
    where TService : class;
