namespace Influence.LocalHost.Azurite;

/// <summary>The folder of the clone this runs from: where package.json pins Azurite.</summary>
internal static class ProjectFolder
{
    /// <summary>The nearest folder above the program with host.json and package.json; null when there is none.</summary>
    /// <remarks>The program's own folder is looked at as well, and after it the current one.</remarks>
    public static string? Find() => Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());

    private static string? Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "package.json")) && File.Exists(Path.Combine(at.FullName, "host.json")))
                return at.FullName;
        return null;
    }
}
