namespace Emu.Plugins;

/// <summary>The guest's process executes another program.</summary>
public interface IOnExec
{
    /// <summary>
    /// Called on the thread that asked for it when nothing seems to be in the way any more. <see cref="IOnExit"/> follows in a process that tells of its end, and the next program begins
    /// with new plugins. Should the host refuse after all, the process goes on.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="path">The program's file on the host: of a script, that of its interpreter.</param>
    /// <param name="arguments">Its arguments, the name first.</param>
    void OnExec(in VCpu vcpu, string path, IReadOnlyList<string> arguments);
}
