using System.Text.Json;

namespace Influence.Connectors;

/// <summary>One source of webhooks: verifies a delivery's signature, then translates it into facts.</summary>
/// <remarks>
/// One file per source, one line in <see cref="ConnectorRegistry"/>. Pure: the only clock is the <c>now</c> passed in. A GET goes to
/// <see cref="AnswerHandshake"/>; a POST to <see cref="VerifySignature"/> first, and only then to
/// <see cref="Translate(Delivery, long, bool)"/>. Connectors hold no state and serve many deliveries at once.
/// </remarks>
public abstract class Connector
{
    /// <summary>Deepest nesting of a body that is read: twice what any known source sends.</summary>
    public const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth };

    /// <summary>The source's name in the route and in the settings: <c>a-z 0-9</c>.</summary>
    public abstract string Source { get; }

    /// <summary>The network whose accounts its facts are about; null where they are of several.</summary>
    public virtual string? Network => null;

    /// <summary>Whether a forwarder may send deliveries with a function key instead of a signature.</summary>
    /// <remarks>For sources that do not sign: somebody else forwards what they send.</remarks>
    public virtual bool IsForwarded => false;

    /// <summary>Whether many run the source on servers of their own, each with its own people and secrets.</summary>
    public virtual bool HasInstances => false;

    /// <summary>Whether the source tells of private places, which count only by <see cref="SourceSettings.IncludePrivate"/>.</summary>
    public virtual bool HasPrivate => false;

    /// <summary>The host of the instance that a delivery's header names, in lower case; null where it names none.</summary>
    /// <remarks>A header is not signed: only the secrets of that instance may sign the delivery.</remarks>
    /// <param name="delivery">The delivery, of which nothing has been verified yet.</param>
    public virtual string? InstanceOf(Delivery delivery) => null;

    /// <summary>Whether the holder of a secret signed exactly these bytes.</summary>
    /// <remarks>And lately, where the source signs a moment.</remarks>
    /// <param name="delivery">The delivery, of which nothing has been parsed yet.</param>
    /// <param name="settings">At least one secret; every one is tried.</param>
    /// <param name="now">Unix seconds UTC.</param>
    public abstract bool VerifySignature(Delivery delivery, SourceSettings settings, long now);

    /// <summary>Signs a body as the source does, for tests and for trying a secret; returns the headers to send.</summary>
    /// <param name="body">The raw body.</param>
    /// <param name="secret">One secret, as it stands in the settings.</param>
    /// <param name="now">The moment to sign where the source signs one, Unix seconds UTC.</param>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Sign(ReadOnlyMemory<byte> body, string secret, long now);

    /// <summary>Answers a GET by which the source verifies the endpoint; null when it is no such handshake.</summary>
    /// <param name="delivery">The request; its parameters are in the query.</param>
    /// <param name="settings">At least one secret.</param>
    public virtual HandshakeReply? AnswerHandshake(Delivery delivery, SourceSettings settings) => null;

    /// <summary>What a genuine delivery means; null when its body is not JSON (or not within <see cref="MaxDepth"/>).</summary>
    /// <param name="delivery">A genuine delivery.</param>
    /// <param name="now">The moment for events that carry none, Unix seconds UTC.</param>
    /// <param name="includePrivate">Whether private places count, see <see cref="SourceSettings.IncludePrivate"/>.</param>
    public Translation? Translate(Delivery delivery, long now, bool includePrivate = false)
    {
        try
        {
            using var document = JsonDocument.Parse(JsonOf(PayloadBytes.WithoutMark(delivery.Body)), Strict);
            if (document.RootElement.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                return null;
            var translation = new Translation(now) { Instance = InstanceOf(delivery), IncludesPrivate = includePrivate };
            Translate(delivery, document.RootElement, translation);
            translation.Replace(translation.Names.Name);
            return translation;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The JSON within the body; overridden where it comes wrapped, as in a form.</summary>
    /// <param name="body">The body without a byte order mark.</param>
    protected virtual ReadOnlyMemory<byte> JsonOf(ReadOnlyMemory<byte> body) => body;

    /// <summary>Puts what the body means into the translation.</summary>
    /// <remarks>Reads with <see cref="PayloadJson"/>, which never throws, so that one bad item costs no other.</remarks>
    /// <param name="delivery">For its headers.</param>
    /// <param name="body">An object or an array; valid until the method returns.</param>
    /// <param name="into">Takes what the events mean, and the names of those that mean nothing here.</param>
    protected abstract void Translate(Delivery delivery, JsonElement body, Translation into);
}
