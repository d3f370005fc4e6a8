namespace InfluenceFunctions.Tests.OpenApi;

/// <summary>The tools of tests/clients/typescript.</summary>
internal static class TypeScript
{
    private static readonly NodeTools Tools = new(Folder);

    public static string Folder => Path.Combine(TestAzurite.Root, "tests", "clients", "typescript");

    /// <summary>Runs a program of Node.js; what it said.</summary>
    /// <param name="code">How it must end.</param>
    /// <param name="program">The program, below the folder.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> RunAsync(int code, string program, params IEnumerable<string> arguments)
    {
        var (ended, said) = await Tools.RunAsync(program, arguments);
        Assert.True(ended == code, $"{program} ended with {ended}: {said}");
        return said;
    }
}
