namespace Emu.Engine.Memory;

/// <summary>Why a change of the map was refused. Values are errno numbers of Linux; the host may answer with others than those named here.</summary>
public enum MapError
{
    /// <summary>Done.</summary>
    None = 0,
    /// <summary>EAGAIN: too much memory is locked.</summary>
    Again = 11,
    /// <summary>ENOMEM: no room, or a part of the range is not mapped.</summary>
    NoMemory = 12,
    /// <summary>EACCES: the file's open mode does not allow it.</summary>
    Access = 13,
    /// <summary>EFAULT: the range is not one mapping.</summary>
    Fault = 14,
    /// <summary>EEXIST: something is mapped there.</summary>
    Exists = 17,
    /// <summary>EINVAL: misaligned or empty.</summary>
    Invalid = 22,
}
