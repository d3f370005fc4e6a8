namespace Influence.LocalHost.Tests.Worker;

/// <summary>What a worker prints and logs is shown at its level, as host.json filters it.</summary>
public sealed class OutputTests(OpenHost fixture) : IClassFixture<OpenHost>
{
    private static readonly string[] Levels = ["trce", "dbug", "info", "warn", "fail", "crit"];

    [Fact]
    public async Task Lines_of_both_outputs_are_shown()
    {
        await PostAsync("print/printed");
        await fixture.Host.SaysAsync("printed on stdout");
        await fixture.Host.SaysAsync("printed on stderr");
        Assert.Matches(@"info: Worker\.Output\[\d+\] printed on stdout", fixture.Host.Log);
        Assert.Matches(@"warn: Worker\.Output\[\d+\] printed on stderr", fixture.Host.Log);
    }

    [Theory]
    [InlineData("LogAll", "log-all", 0)]
    [InlineData("LogDefault", "log-default", 2)]
    [InlineData("LogErrors", "log-errors", 4)]
    public async Task Logs_are_shown_from_the_level_that_host_json_says(string function, string route, int first)
    {
        var word = TestStorage.NewName();
        await PostAsync($"{route}/{word}");
        await fixture.Host.SaysAsync($"crit: Function.{function}.User[0] {word} is logged");
        var shown = fixture.Host.Log.Split('\n').Where(l => l.Contains(word, StringComparison.Ordinal)).ToList();
        Assert.Equal(Levels[first..], shown.Select(l => l[..4]));
        Assert.All(shown, l => Assert.Contains($": Function.{function}.User[0] {word} is logged", l, StringComparison.Ordinal));
        Assert.Contains("its cause", shown.Single(l => l.StartsWith("fail", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_the_worker_starts_is_not_the_hosts_to_end() => Assert.Equal("still here", await PostAsync("child"));

    [Fact]
    public async Task The_home_page_and_the_functions_are_shown()
    {
        Assert.Contains("up and running", await fixture.Host.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Echo\"", await fixture.Host.Client.GetStringAsync("/admin/functions"), StringComparison.Ordinal);
        Assert.Contains("Guarded: [GET] http://", fixture.Host.Log, StringComparison.Ordinal);
        Assert.Contains("/api/guarded (Function key)", fixture.Host.Log, StringComparison.Ordinal);
    }

    private async Task<string> PostAsync(string path)
    {
        using var response = await fixture.Host.Client.PostAsync($"/api/{path}", null);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }
}
