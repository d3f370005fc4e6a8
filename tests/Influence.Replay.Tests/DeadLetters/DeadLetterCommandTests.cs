namespace Influence.Replay.Tests.DeadLetters;

public sealed class DeadLetterCommandTests
{
    private DeadLetterOptions? asked;

    [Fact]
    public async Task Every_option_is_read()
    {
        const string Line =
            "dead-letters retry a b --queue interactions --since 2026-01-31 --reason repaired "
            + "--url https://host.example --patience 7 --admin-key k";
        Assert.Equal(0, await RunAsync(Line));
        var expected = new DeadLetterOptions
        {
            Action = DeadLetterAction.Retry,
            Ids = asked!.Ids,
            Queue = "interactions",
            Since = new DateOnly(2026, 1, 31),
            Reason = "repaired",
            Url = new Uri("https://host.example"),
            Patience = TimeSpan.FromSeconds(7),
            AdminKey = "k",
        };
        Assert.Equal(expected, asked);
        Assert.Equal(["a", "b"], asked.Ids);
    }

    [Theory]
    [InlineData("dead-letters list", nameof(DeadLetterAction.List))]
    [InlineData("dead-letters show --all", nameof(DeadLetterAction.Show))]
    [InlineData("dead-letters retry --all", nameof(DeadLetterAction.Retry))]
    [InlineData("dead-letters discard --all", nameof(DeadLetterAction.Discard))]
    public async Task Without_options_all_letters_are_meant(string line, string action)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Equal(
            new DeadLetterOptions
            {
                Action = Enum.Parse<DeadLetterAction>(action),
                Ids = asked!.Ids,
                AdminKey = "INFLUENCE_ADMIN_KEY",
            },
            asked
        );
        Assert.Empty(asked.Ids);
    }

    [Theory]
    [InlineData("dead-letters retry", "--all")]
    [InlineData("dead-letters discard", "--all")]
    [InlineData("dead-letters discard a --all", "--all")]
    [InlineData("dead-letters list --queue mail", "mail")]
    [InlineData("dead-letters list --since soon", "--since")]
    public void A_wrong_line_is_told(string line, string named)
    {
        var errors = Command().Parse(line).Errors;
        Assert.Contains(errors, e => e.Message.Contains(named, StringComparison.Ordinal));
    }

    private Task<int> RunAsync(string line) => Command().Parse(line).InvokeAsync();

    private ReplayCommand Command()
    {
        DeadLetterCommand? letters = null;
        letters = new DeadLetterCommand(
            (parsed, action, _) =>
            {
                asked = letters!.Read(parsed, action, name => name);
                return Task.FromResult(0);
            }
        );
        return new ReplayCommand { letters };
    }
}
