using Influence.Tests;

namespace Infra.Tests.Deploy;

/// <summary>The linters of these tests, programs of npm.</summary>
internal static class Linters
{
    private static readonly NodeTools Tools = new(Path.Combine(Template.Root, "tests", "Infra.Tests"));

    /// <inheritdoc cref="NodeTools.RunAsync"/>
    public static Task<(int Code, string Said)> RunAsync(string program, params string[] arguments) => Tools.RunAsync(program, arguments);
}
