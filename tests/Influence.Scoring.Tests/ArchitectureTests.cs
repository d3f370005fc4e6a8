using System.Runtime.CompilerServices;

namespace Influence.Scoring.Tests;

public sealed class ArchitectureTests
{
    [Fact]
    public void The_core_references_the_framework_and_hashing_only() =>
        Assert.All(
            typeof(Score).Assembly.GetReferencedAssemblies(),
            reference =>
                Assert.True(
                    reference.Name == "System.IO.Hashing" || reference.Name!.StartsWith("System.", StringComparison.Ordinal),
                    reference.Name
                )
        );

    [Fact]
    public void Source_files_stay_small()
    {
        var sizes = Directory
            .EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(f => (File: f, Lines: File.ReadLines(f).Count()))
            .OrderBy(f => f.Lines)
            .ToArray();
        Assert.InRange(sizes[sizes.Length / 2].Lines, 1, 60);
        Assert.True(sizes[^1].Lines <= 250, sizes[^1].File);
    }

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", ".."));
}
