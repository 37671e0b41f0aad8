namespace Emu.Plugins;

/// <summary>The translated code was dropped.</summary>
public interface IOnFlush
{
    /// <summary>Called after all translated code was dropped, with every vCPU stopped. What is needed is translated again, with new <see cref="IOnTranslate"/> events.</summary>
    void OnFlush();
}
