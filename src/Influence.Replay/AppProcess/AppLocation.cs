namespace Influence.Replay.AppProcess;

/// <summary>Where the app's build is, and the local host that runs it.</summary>
/// <param name="Host">The local host's assembly.</param>
/// <param name="App">The folder of the app's build.</param>
/// <param name="Root">The top of the repository: the working directory.</param>
internal sealed record AppLocation(string Host, string App, string Root)
{
    private const string Solution = "InfluenceFunctions.sln";
    private const string AppName = "InfluenceFunctions";
    private const string HostName = "Influence.LocalHost";

    /// <summary>Those built with this program: <c>artifacts/bin/{project}/{configuration}</c> beside ours.</summary>
    /// <exception cref="ReplayFailedException">There are none.</exception>
    public static AppLocation Find(string ownFolder)
    {
        var own = new DirectoryInfo(ownFolder.TrimEnd(Path.DirectorySeparatorChar));
        var beside = own.Parent?.Parent?.FullName ?? "";
        var host = Path.Combine(beside, HostName, own.Name, $"{HostName}.dll");
        var app = Path.Combine(beside, AppName, own.Name);
        foreach (var dll in new[] { host, Path.Combine(app, $"{AppName}.dll") })
            if (!File.Exists(dll))
                throw new ReplayFailedException($"No app answers, and none is built at '{dll}'. Build the solution, or give --url.");
        for (var folder = own; folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
                return new AppLocation(host, app, folder.FullName);
        throw new ReplayFailedException($"No app answers, and '{Solution}' is in no folder above '{ownFolder}'. Give --url.");
    }
}
