namespace Influence.Connectors.Tests.Support;

/// <summary>A secret in the form each source uses.</summary>
internal static class Secrets
{
    public static string Of(string source) =>
        source switch
        {
            "github" or "meta" or "x" or "linkedin" or "slack" or "discourse" => "a secret of the tests",
            // Standard Webhooks, and the sources that are forwarded in its way.
            _ => "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        };
}
