namespace Influence.LocalHost.Tests.Settings;

/// <summary>What the worker gets of the file, the environment and the command line.</summary>
public sealed class AppSettingsTests : IDisposable
{
    // No other test, and nobody's environment, has it.
    private readonly string section = TestStorage.NewName();
    private readonly List<string> set = [];

    [Theory]
    [InlineData("A:B", "A__B")]
    [InlineData("A:B", "a__b")]
    [InlineData("A__B", "A:B")]
    [InlineData("A:B:0", "A__b__0")]
    public void The_environment_comes_before_the_file_in_whatever_spelling(string file, string environment)
    {
        SetVariable($"{section}{environment}");
        Assert.Empty(Settings([$"{section}{file}", "file"]).ForWorker());
    }

    [Fact]
    public void What_only_the_file_sets_is_written_as_in_the_environment()
    {
        SetVariable($"{section}A__B__C");
        var setting = Assert.Single(Settings([$"{section}A:B", "file"]).ForWorker());
        Assert.Equal(($"{section}A__B", "file"), (setting.Key, setting.Value));
    }

    [Theory]
    [InlineData("A__B", "A:B", "A:B")]
    [InlineData("A:B", "a__b", "A:B")]
    [InlineData("A:B", "A:B", "a:b")]
    public void The_command_line_comes_before_both(string file, string environment, string argument)
    {
        SetVariable($"{section}{environment}");
        var setting = Assert.Single(Settings([$"{section}{file}", "file"], $"--{section}{argument}=line").ForWorker());
        Assert.True(AppSettings.IsSame($"{section}A__B", setting.Key), setting.Key);
        Assert.Equal("line", setting.Value);
    }

    [Fact]
    public void The_command_line_comes_before_the_file()
    {
        var setting = Assert.Single(Settings([$"{section}A:B", "file"], $"--{section}a:b", "line").ForWorker());
        Assert.Equal("line", setting.Value);
    }

    public void Dispose() => set.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    private void SetVariable(string name)
    {
        set.Add(name);
        Environment.SetEnvironmentVariable(name, "environment");
    }

    private static AppSettings Settings(string[] file, params string[] commandLine) =>
        new(new Dictionary<string, string>(StringComparer.Ordinal) { [file[0]] = file[1] }, commandLine);
}
