using System.Runtime.InteropServices;

namespace Influence.Storage;

/// <summary>The <c>dotnet</c> that runs this process: another one on the path may lack the framework.</summary>
/// <remarks>Compiled into the local host and into the replay, which both start assemblies.</remarks>
internal static class DotnetProgram
{
    /// <summary>Its path; <c>dotnet</c> when it is not where the framework is.</summary>
    public static string Path
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            var own = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
            return File.Exists(own) ? own : name;
        }
    }
}
