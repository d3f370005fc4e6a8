using Microsoft.Extensions.Logging;

namespace Influence.Pipeline.Webhooks;

/// <summary>How a delivery fared.</summary>
public enum WebhookOutcome
{
    /// <summary>It was genuine, and the queue has what it means, if anything.</summary>
    Taken,

    /// <summary>It was a handshake: the sender wants <see cref="WebhookResult.Reply"/> back.</summary>
    Handshake,

    /// <summary>No such source, or none that deliveries are taken from.</summary>
    UnknownSource,

    /// <summary>The signature is missing, wrong or too old.</summary>
    NotGenuine,

    /// <summary>It was genuine, but its body is not JSON, or nested too deeply.</summary>
    Unparseable,

    /// <summary>The queue did not confirm it: delivered again, it counts once.</summary>
    QueueUnreachable,

    /// <summary>Its forwarder may not forward this source.</summary>
    NotAllowed,

    /// <summary>Its forwarder's budget is spent for now: nothing is queued.</summary>
    OverBudget,
}

/// <summary>The answer to a delivery.</summary>
/// <param name="Outcome">How it fared.</param>
/// <param name="Batch">What became of its facts; null for what was not translated.</param>
/// <param name="Skipped">How many of its events are not scored, by type.</param>
/// <param name="Reply">What to answer a handshake.</param>
public sealed record WebhookResult(
    WebhookOutcome Outcome,
    IngestResult? Batch = null,
    IReadOnlyDictionary<string, int>? Skipped = null,
    HandshakeReply? Reply = null
);

/// <summary>Takes deliveries of social tools in: verify, translate, resolve remembered activities, queue.</summary>
public sealed partial class WebhookReceiver(
    WebhookSources sources,
    RememberedActivities activities,
    FactIngestor ingest,
    ItemBudgets budgets,
    RenameSightings renames,
    WebhookMetrics metrics,
    TimeProvider clock,
    ILogger<WebhookReceiver> logger
)
{
    /// <summary>Largest body, bytes: a thousand updates of Meta with escaped texts take over one MiB.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private const int KeysAtATime = 16;

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Whether signed deliveries of a source are taken: there is one of that name, and it has a secret.</summary>
    public bool TakesSigned(string source) => sources.FindOn(source) is not null;

    /// <summary>Whether deliveries of a source are taken from a forwarder, who has proved himself in another way.</summary>
    public static bool TakesForwarded(string source) => WebhookSources.FindForwarded(source) is not null;

    /// <summary>The answer to a source's unsigned handshake; null when it is none, or fails the source's check.</summary>
    public HandshakeReply? AnswerHandshake(string source, Delivery delivery) =>
        sources.FindOn(source) is var (connector, settings) ? connector.AnswerHandshake(delivery, settings) : null;

    /// <summary>Takes in a delivery that proves itself by its signature.</summary>
    /// <remarks>
    /// Its header says which instance of the source it comes from, and is not signed: that instance's secrets must fit. Where only the
    /// body says it, any secret opens the body, and then the secrets of the instance that it names must fit.
    /// </remarks>
    /// <param name="source">The source's name.</param>
    /// <param name="delivery">The delivery, of which nothing is parsed before its signature is verified.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WebhookResult> TakeSignedAsync(string source, Delivery delivery, CancellationToken cancellationToken)
    {
        if (sources.FindOn(source) is not var (connector, settings))
            return new WebhookResult(WebhookOutcome.UnknownSource);
        var named = connector.InstanceOf(delivery);
        if (!IsSigned(named is null ? settings.Every() : settings.Of(named)))
            return new WebhookResult(WebhookOutcome.NotGenuine);
        var translation = connector.Translate(delivery, Now, settings.IncludePrivate);
        // Where no instances are set, one set of secrets is for whatever a delivery names.
        return settings.Instances.Count > 0 && !IsSigned(settings.Of(translation?.Instance ?? named))
            ? new WebhookResult(WebhookOutcome.NotGenuine)
            : await TakeAsync(connector, translation, cancellationToken);

        bool IsSigned(SourceSettings by) => connector.VerifySignature(delivery, by, Now);
    }

    /// <summary>Takes in a delivery of a source that cannot sign; the caller has checked who forwards it.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="delivery">The delivery.</param>
    /// <param name="writer">Who forwards it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WebhookResult> TakeForwardedAsync(
        string source,
        Delivery delivery,
        Writer writer,
        CancellationToken cancellationToken
    )
    {
        if (WebhookSources.FindForwarded(source) is not { } connector)
            return new WebhookResult(WebhookOutcome.UnknownSource);
        if (!writer.MayForward(connector.Source))
            return new WebhookResult(WebhookOutcome.NotAllowed);
        return await TakeAsync(connector, Permitted(connector, connector.Translate(delivery, Now), writer), cancellationToken, writer);
    }

    // Before anything of it is remembered: else who may write one network could say what an activity of another was.
    private static Translation? Permitted(Connector connector, Translation? translation, Writer writer)
    {
        translation?.Replace(item =>
            item switch
            {
                RememberFacts r when r.Facts.Select(writer.Refuse).FirstOrDefault(f => f is not null) is { } refusal => new RefusedItem(
                    r.Index,
                    null,
                    refusal
                ),
                TakeBack t when writer.RefuseNetwork("actor", connector.Network) is { } refusal => new RefusedItem(t.Index, null, refusal),
                _ => item,
            }
        );
        return translation;
    }

    private async Task<WebhookResult> TakeAsync(
        Connector connector,
        Translation? translation,
        CancellationToken cancellationToken,
        Writer? writer = null
    )
    {
        if (translation is null)
            return new WebhookResult(WebhookOutcome.Unparseable);
        if (translation.Reply is { } reply)
            return new WebhookResult(WebhookOutcome.Handshake, Reply: reply);
        // Before anything of it is remembered, which costs as much as a fact.
        if (writer is not null && budgets.Charge(writer, Math.Max(1, translation.Items.Count)) is { } spent)
            return new WebhookResult(WebhookOutcome.OverBudget, IngestResult.Over(spent));
        // Ids and keys are unique within their source, and where it is run on many servers within one of those.
        var source = translation.Instance is { } instance ? $"{connector.Source}/{instance}" : connector.Source;
        var batch = await ingest.TakeAsync(await ResolveAsync(source, translation, cancellationToken), source, cancellationToken, writer);
        if (batch.Status == IngestStatus.QueueUnreachable)
            return new WebhookResult(WebhookOutcome.QueueUnreachable, batch);
        // What a forwarder sends, nobody has signed.
        if (writer is null)
            await renames.TakeAsync(source, translation.Sightings, MomentOf(translation), cancellationToken);
        metrics.Skipped(connector.Source, translation.Skipped);
        Log(connector, batch, translation);
        return new WebhookResult(WebhookOutcome.Taken, batch, translation.Skipped);
    }

    // A delivery may come late, or again.
    private long MomentOf(Translation translation) =>
        Math.Min(
            Now,
            translation
                .Items.Select(i =>
                    i switch
                    {
                        TakeFact take => take.Fact.At,
                        RememberFacts remember => remember.Facts.Max(f => f.At),
                        TakeBack takeBack => takeBack.At,
                        _ => Now,
                    }
                )
                .DefaultIfEmpty(Now)
                .Max()
        );

    // A key's items in their order, different keys side by side: a large delivery holds a thousand.
    private async Task<IReadOnlyList<IncomingFact>> ResolveAsync(
        string source,
        Translation translation,
        CancellationToken cancellationToken
    )
    {
        var facts = new IReadOnlyList<IncomingFact>[translation.Items.Count];
        await Parallel.ForEachAsync(
            translation.Items.Index().GroupBy(i => KeyOf(i.Item)),
            Parallelism.AtMost(KeysAtATime, cancellationToken),
            async (items, each) =>
            {
                foreach (var (place, item) in items)
                    facts[place] = await ResolveAsync(source, item, each);
            }
        );
        return [.. facts.SelectMany(f => f)];
    }

    private async Task<IReadOnlyList<IncomingFact>> ResolveAsync(string source, TranslatedItem item, CancellationToken cancellationToken) =>
        item switch
        {
            TakeFact take => [IncomingFact.Of(take.Index, take.Fact)],
            RefusedItem refused => [new IncomingFact(refused.Index, refused.Id, null, refused.Refusal)],
            RememberFacts r => Of(item, await activities.RememberAsync($"{source}|{r.Key}", r.Facts, cancellationToken, r.IsEpisode)),
            TakeBack t => Of(item, await activities.TakeBackAsync($"{source}|{t.Key}", t.At, cancellationToken, t.Event, t.Instead)),
            _ => throw new ArgumentOutOfRangeException(nameof(item), item.GetType(), "Not a kind of item."),
        };

    private static IReadOnlyList<IncomingFact> Of(TranslatedItem item, IReadOnlyList<Fact> facts) =>
        [.. facts.Select(f => IncomingFact.Of(item.Index, f))];

    private static string KeyOf(TranslatedItem item) =>
        item switch
        {
            RememberFacts remember => remember.Key,
            TakeBack takeBack => takeBack.Key,
            _ => "",
        };

    private void Log(Connector connector, IngestResult batch, Translation translation)
    {
        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var skipped = string.Join(' ', translation.Skipped.Select(s => $"{s.Key}={s.Value}"));
        Took(logger, connector.Source, batch.Batch, batch.Accepted, batch.Rejected.Count, skipped);
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Webhook {Source}, batch {Batch}: {Accepted} facts queued, {Rejected} refused, not scored: {Skipped}"
    )]
    private static partial void Took(ILogger logger, string source, string batch, int accepted, int rejected, string skipped);
}
