namespace Influence.Connectors;

/// <summary>Every source there is: one line each.</summary>
public static class ConnectorRegistry
{
    /// <summary>The connectors, in the order of docs/connectors.md.</summary>
    public static IReadOnlyList<Connector> All { get; } =
    [
        new StandardConnector(),
        new GitHubConnector(),
        new DiscourseConnector(),
        new SlackConnector(),
        new BlueskyConnector(),
        new ActivityStreamsConnector(),
        new LinkedInConnector(),
        new XConnector(),
        new MetaConnector(),
        new GitLabConnector(),
        new GiteaConnector(),
        new MastodonConnector(),
        new TelegramConnector(),
        new TwitchConnector(),
        new FarcasterConnector(),
    ];

    private static readonly Dictionary<string, Connector> BySource = All.ToDictionary(c => c.Source, StringComparer.Ordinal);

    /// <summary>A connector by its source's name; null for a name that is none.</summary>
    public static Connector? Find(string source) => BySource.GetValueOrDefault(source);
}
