namespace Influence.Connectors.Tests;

public sealed class GitHubTests
{
    [Theory]
    [InlineData("It's a Secret to Everybody", "Hello, World!", true)]
    [InlineData("It's a Secret to Everybody", "Hello, World?", false)]
    [InlineData("It's a secret to Everybody", "Hello, World!", false)]
    public void The_vector_of_the_documentation_holds(string secret, string body, bool isGenuine) => Assert.Equal(isGenuine, Some.Connector("github").IsGenuine(
        Some.Delivery(body, ("x-hub-signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")), Some.Settings(secret), Some.Now));
}
