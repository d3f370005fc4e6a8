namespace Influence.Connectors.Tests.Signing;

public sealed class SharedSecretTests
{
    [Theory]
    [InlineData("right", true)]
    [InlineData("also right", true)]
    [InlineData("Right", false)]
    [InlineData("righ", false)]
    [InlineData("right ", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_one_of_the_secrets_as_it_is_will_do(string? presented, bool isGenuine) =>
        Assert.Equal(isGenuine, SharedSecret.IsAnyOf(presented, ["right", "", "also right"]));

    [Fact]
    public void Without_secrets_nothing_will_do() => Assert.False(SharedSecret.IsAnyOf("", []));
}
