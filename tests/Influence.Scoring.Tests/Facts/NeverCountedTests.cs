namespace Influence.Scoring.Tests.Facts;

public sealed class NeverCountedTests
{
    [Theory]
    [InlineData("github:ghost", true)]
    [InlineData("github:dependabot", true)]
    [InlineData("github:starbot[bot]", true)]
    [InlineData("github:ghe.example/copilot", true)]
    [InlineData("github:ghe.example/starbot[bot]", true)]
    [InlineData("github:bot", false)]
    [InlineData("github:ghosts", false)]
    [InlineData("github:vercel", false)]
    [InlineData("gitlab:ghost1", true)]
    [InlineData("gitlab:all", true)]
    [InlineData("gitlab:git.example/project_41_bot_8f2c1d", true)]
    [InlineData("gitlab:git.example:8443/service_account_1", true)]
    [InlineData("gitlab:git.example/ann", false)]
    [InlineData("gitlab:ghostwriter", false)]
    [InlineData("gitea:git.example/ghost", true)]
    [InlineData("gitea:git.example/forgejo-actions", true)]
    [InlineData("gitea:ghost.example/ann", false)]
    [InlineData("telegram:777000", true)]
    [InlineData("telegram:7770001", false)]
    [InlineData("slack:T1/USLACKBOT", true)]
    [InlineData("slack:T1/U1", false)]
    [InlineData("discourse:forum.example/system", true)]
    [InlineData("discourse:forum.example/discobot", true)]
    [InlineData("discourse:forum.example/systema", false)]
    [InlineData("fediverse:https://relay.example/actor", true)]
    [InlineData("fediverse:https://relay.example/relay", true)]
    [InlineData("fediverse:https://a.example/users/1", false)]
    [InlineData("fediverse:a.example@a.example", true)]
    [InlineData("fediverse:ghost@a.example", false)]
    [InlineData("x:ghost", false)]
    public void Accounts_that_are_no_persons_are_on_the_list(string account, bool isOnIt) =>
        Assert.Equal(isOnIt, NeverCounted.Matches(AccountId.Parse(account)));
}
