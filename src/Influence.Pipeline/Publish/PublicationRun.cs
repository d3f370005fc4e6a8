using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Publish;

/// <summary>A publication as its steps see it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="RequestedAt">When it was requested, by the storage service's clock.</param>
/// <param name="Ranges">How many ranges the shards are cut into.</param>
/// <param name="Input">What is to be published, and how it is settled.</param>
internal sealed record PublicationRun(string Id, DateTimeOffset RequestedAt, int Ranges, PublicationInput Input)
{
    public DateOnly Date => Input.Date;

    /// <summary>The day and the moment of its boards.</summary>
    public BoardMoment BoardsAt => new(Input.Date, Input.AsOf);

    /// <summary>The moment that the settlement is made at, Unix seconds.</summary>
    public long SettleAt => Input.SettleAt;

    public static PublicationRun Of(WorkflowRun run) => new(run.Id, run.RequestedAt, run.Ranges, PublicationInput.Read(run.Input));

    /// <summary>Whether this one counts where the other was published for the same day, or settled.</summary>
    public bool IsLaterThan(DateTimeOffset requestedAt, string id) => WorkflowRun.IsLater(RequestedAt, Id, requestedAt, id);
}

/// <summary>What a publication was asked for.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="AsOf">The moment of its boards, Unix seconds: the day's end, or any other moment, which lies in it or soon after.</param>
/// <param name="SettleAt">The moment of its settlement, Unix seconds; 0 for a publication that only ranks.</param>
/// <param name="MaxPasses">How many iterations its settlement makes at most.</param>
/// <param name="Tolerance">Points; what changes by no more is left alone.</param>
internal sealed record PublicationInput(DateOnly Date, long AsOf, long SettleAt, int MaxPasses, double Tolerance)
{
    [JsonIgnore]
    public bool Settles => SettleAt != 0;

    /// <summary>Whether the boards rank by the histories, as of the day's end, rather than by what is known now.</summary>
    public bool IsEndOfDay { get; init; }

    /// <summary>The day at whose end the boards rank, days since 1970; null for boards as of another moment.</summary>
    [JsonIgnore]
    public int? EndOfDay => IsEndOfDay ? (int)(AsOf / ScoringPolicy.Day) - 1 : null;

    public string Write() => JsonSerializer.Serialize(this, PublicationJson.Default.PublicationInput);

    public static PublicationInput Read(string json) => JsonSerializer.Deserialize(json, PublicationJson.Default.PublicationInput)!;
}

/// <summary>What a publication came to.</summary>
/// <param name="Boards">How many boards it wrote.</param>
/// <param name="Accounts">How many accounts they rank.</param>
internal sealed record PublicationOutput(int Boards, int Accounts)
{
    public string Write() => JsonSerializer.Serialize(this, PublicationJson.Default.PublicationOutput);

    public static PublicationOutput Read(string json) => JsonSerializer.Deserialize(json, PublicationJson.Default.PublicationOutput)!;
}

[JsonSerializable(typeof(PublicationInput))]
[JsonSerializable(typeof(PublicationOutput))]
internal sealed partial class PublicationJson : JsonSerializerContext;
