namespace Emu.Plugins;

/// <summary>Guest code is translated: the place to ask for execution and memory callbacks.</summary>
public interface IOnTranslate
{
    /// <summary>
    /// Called for each block before it is translated, with its span already final, on the thread of the vCPU that came to it; several threads may translate
    /// at once. A block may be translated again at any time, and a block that is translated need not be executed.
    /// </summary>
    /// <param name="block">The whole block; what is asked of it and of its instructions is compiled into the code.</param>
    void OnTranslate(TranslationBlock block);
}
