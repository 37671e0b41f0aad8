using System.Globalization;
using System.Text;
using Emu.Engine.Contracts;

namespace Emu.Gdb.Session;

/// <summary>The target description that GDB reads: an architecture's registers as XML (GDB manual, "Target Description Format").</summary>
internal static class TargetXml
{
    /// <summary>The description of a guest.</summary>
    public static string Of(IGuest guest)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target version=\"1.0\">");
        text.Append(CultureInfo.InvariantCulture, $"<architecture>{guest.Target.Architecture}</architecture><osabi>GNU/Linux</osabi>");
        var feature = "";
        foreach (var register in guest.Registers)
        {
            if (register.Feature != feature)
            {
                if (feature.Length > 0)
                    text.Append("</feature>");
                feature = register.Feature;
                text.Append(CultureInfo.InvariantCulture, $"<feature name=\"{feature}\">{guest.Target.Types.GetValueOrDefault(feature, "")}");
            }

            text.Append(CultureInfo.InvariantCulture, $"<reg name=\"{register.Name}\" bitsize=\"{8 * register.Size}\" type=\"{register.Type}\" regnum=\"{register.Number}\"/>");
        }

        return text.Append("</feature></target>").ToString();
    }
}
