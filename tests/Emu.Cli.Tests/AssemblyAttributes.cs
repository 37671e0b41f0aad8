using System.Runtime.Versioning;

// Emu and the guests that it runs are Linux programs.
[assembly: SupportedOSPlatform("linux")]
