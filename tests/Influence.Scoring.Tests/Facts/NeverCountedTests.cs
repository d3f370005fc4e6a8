namespace Influence.Scoring.Tests.Facts;

public sealed class NeverCountedTests
{
    [Theory]
    [InlineData("github:ghost", true)]
    [InlineData("github:Ghost", true)]
    [InlineData("github:dependabot[bot]", true)]
    [InlineData("github:git.example.org/anything[bot]", true)]
    [InlineData("github:Copilot", true)]
    [InlineData("gitea:codeberg.org/ghost", true)]
    [InlineData("discourse:forum.example.org/system", true)]
    [InlineData("slack:T1/USLACKBOT", true)]
    [InlineData("gitlab:project_12_bot_ab", true)]
    [InlineData("gitlab:git.example.org/ghost", true)]
    [InlineData("fediverse:m.example@m.example", true)]
    [InlineData("fediverse:https://relay.example/actor", true)]
    [InlineData("fediverse:actor@relay.example", false)]
    [InlineData("github:vercel", false)]
    [InlineData("discourse:forum.example/systema", false)]
    [InlineData("x:ghost", false)]
    [InlineData("gitlab:ghostwriter", false)]
    [InlineData("github:ghostwriter", false)]
    [InlineData("hy:ghost", false)]
    [InlineData("discourse:forum.example.org/ecosystem", false)]
    [InlineData("github:dependabot", true)]
    [InlineData("github:starbot[bot]", true)]
    [InlineData("github:ghe.example/copilot", true)]
    [InlineData("github:ghe.example/starbot[bot]", true)]
    [InlineData("github:bot", false)]
    [InlineData("github:ghosts", false)]
    [InlineData("gitlab:ghost1", true)]
    [InlineData("gitlab:all", true)]
    [InlineData("gitlab:git.example/project_41_bot_8f2c1d", true)]
    [InlineData("gitlab:git.example:8443/service_account_1", true)]
    [InlineData("gitlab:git.example/ann", false)]
    [InlineData("gitea:git.example/ghost", true)]
    [InlineData("gitea:git.example/forgejo-actions", true)]
    [InlineData("gitea:ghost.example/ann", false)]
    [InlineData("telegram:777000", true)]
    [InlineData("telegram:7770001", false)]
    [InlineData("slack:T1/U1", false)]
    [InlineData("discourse:forum.example/system", true)]
    [InlineData("discourse:forum.example/discobot", true)]
    [InlineData("fediverse:https://relay.example/relay", true)]
    [InlineData("fediverse:https://a.example/users/1", false)]
    [InlineData("fediverse:a.example@a.example", true)]
    [InlineData("fediverse:ghost@a.example", false)]
    public void The_published_list_says_who_is_no_person(string account, bool listed) =>
        Assert.Equal(listed, NeverCounted.Matches(AccountId.Parse(account)));

    [Fact]
    public void Every_entry_is_in_the_form_that_ids_have()
    {
        foreach (var entry in NeverCounted.All)
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var (network, id) = (
                entry[..colon],
                entry[(colon + 1)..].Replace("*", "x", StringComparison.Ordinal).Replace("#", "7", StringComparison.Ordinal)
            );
            var host = network is "gitea" or "discourse" or "slack" ? "host.example/" : "";
            var account = AccountId.Parse($"{network}:{host}{id}");
            Assert.True(NeverCounted.Matches(account), entry);
        }
    }

    [Fact]
    public void They_neither_give_nor_gain()
    {
        var like = new Interaction
        {
            Type = InteractionType.Like,
            Actor = AccountId.Parse("github:ada"),
            Target = AccountId.Parse("github:ghost"),
            At = Scenario.Now,
        };
        Assert.Equal(("target", RefusalCode.NotAPerson), RefusalOf(like));
        Assert.Equal(("actor", RefusalCode.NotAPerson), RefusalOf(like with { Actor = like.Target!.Value, Target = like.Actor }));
        var followers = new MetricReport
        {
            Account = like.Target!.Value,
            Value = 5,
            At = Scenario.Now,
        };
        Assert.Equal(("account", RefusalCode.NotAPerson), RefusalOf(followers));
    }

    private static (string, RefusalCode) RefusalOf(Fact fact)
    {
        var refusal = FactRules.Refuse(fact, ScoringPolicy.Current, Scenario.Now)!;
        return (refusal.Field, refusal.Code);
    }
}
