using System.Runtime.InteropServices;

namespace Influence.Replay.AppProcess;

/// <summary>Where the app's build is and what runs it.</summary>
/// <param name="Dll">The app's assembly.</param>
/// <param name="Root">The top of the repository: the app's working directory.</param>
internal sealed record AppLocation(string Dll, string Root)
{
    private const string Solution = "InfluenceFunctions.sln";
    private const string App = "InfluenceFunctions";

    /// <summary>The <c>dotnet</c> that runs this process: another one on the path may lack the framework.</summary>
    public static string Dotnet
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            var own = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
            return File.Exists(own) ? own : name;
        }
    }

    /// <summary>The app built with this program: <c>artifacts/bin/InfluenceFunctions/{configuration}</c> beside ours.</summary>
    /// <exception cref="ReplayFailedException">There is none.</exception>
    public static AppLocation Find(string ownFolder)
    {
        var own = new DirectoryInfo(ownFolder.TrimEnd(Path.DirectorySeparatorChar));
        var dll = Path.Combine(own.Parent?.Parent?.FullName ?? "", App, own.Name, $"{App}.dll");
        if (!File.Exists(dll))
            throw new ReplayFailedException($"No app answers, and none is built at '{dll}'. Build the solution, or give --url.");
        for (var folder = own; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return new AppLocation(dll, folder.FullName);
        throw new ReplayFailedException($"No app answers, and '{Solution}' is in no folder above '{ownFolder}'. Give --url.");
    }
}
