namespace Influence.Connectors.Tests.Support;

/// <summary>A secret in the form each source uses.</summary>
internal static class Secrets
{
    public static string Of(string source) =>
        source switch
        {
            "github" or "meta" or "x" or "linkedin" or "slack" or "discourse" => "a secret of the tests",
            "gitea" or "mastodon" or "telegram" or "twitch" or "farcaster" => "a secret of the tests",
            // Standard Webhooks, the sources that are forwarded in its way, and signing tokens of GitLab.
            _ => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        };
}
