using System.Text.Json;
using System.Text.Json.Serialization;

namespace Influence.Pipeline.Settle;

/// <summary>What audiences are made of: the deployment's own share, and who stands out.</summary>
/// <remarks>
/// Over the accounts of a range, or of all. Shares are summed in steps of 2^-20 of a person: the same in any order and grouping.
/// </remarks>
internal sealed class AudienceTally
{
    /// <summary>How many people an account has at least that is looked at.</summary>
    public const int MinPeople = 50;

    /// <summary>Under which share from people who engage others too an account stands out.</summary>
    public const double MaxElsewhere = 0.10;

    /// <summary>From which share of the deployment's own on that means anything.</summary>
    public const double MinOfAll = 0.30;

    /// <summary>How many accounts are kept, those of the most influence.</summary>
    public const int Most = 1000;

    private const double Steps = 1 << 20;
    private readonly PriorityQueue<AudienceNotice, (double, string)> notices = new(
        Comparer<(double Influence, string Id)>.Create(
            (a, b) => a.Influence != b.Influence ? a.Influence.CompareTo(b.Influence) : string.CompareOrdinal(b.Id, a.Id)
        )
    );
    private long whole;
    private long elsewhere;

    /// <summary>The share of all V_people that comes from people who engage at least two accounts, 0–1.</summary>
    public double Elsewhere => whole == 0 ? 0 : (double)elsewhere / whole;

    /// <summary>Who is to be noticed, the most influential first; nobody where the deployment's own share is small.</summary>
    public IReadOnlyList<AudienceNotice> Notices =>
        Elsewhere < MinOfAll
            ? []
            :
            [
                .. notices
                    .UnorderedItems.Select(n => n.Element)
                    .OrderByDescending(n => n.Influence)
                    .ThenBy(n => n.Id, StringComparer.Ordinal),
            ];

    public static string Name(ShardRange range) => $"{PartPrefix}{range}";

    /// <summary>What the names of a publication's partial audiences begin with.</summary>
    public const string PartPrefix = "audience|";

    /// <summary>Counts an account.</summary>
    /// <param name="account">The account as the settlement left it.</param>
    /// <param name="people">Its V_people.</param>
    public void Add(AccountState account, double people)
    {
        if (account is not { Standing: Standing.Member, Makeup: { } makeup } || people <= 0)
            return;
        whole += (long)(people * Steps);
        elsewhere += (long)(people * makeup.Elsewhere * Steps);
        if (makeup.Total >= MinPeople && makeup.Elsewhere < MaxElsewhere)
            Keep(new AudienceNotice(account.Account.Value, makeup.Total, makeup.Elsewhere, people));
    }

    /// <summary>Adds what another tally packed.</summary>
    public void Add(byte[] packed)
    {
        var read =
            JsonSerializer.Deserialize(packed, AudienceJson.Default.Packed)
            ?? throw new InvalidDataException("A part of the audiences is empty.");
        whole += read.Whole;
        elsewhere += read.Elsewhere;
        foreach (var notice in read.Notices)
            Keep(notice);
    }

    public byte[] Pack() =>
        JsonSerializer.SerializeToUtf8Bytes(
            new Packed(whole, elsewhere, [.. notices.UnorderedItems.Select(n => n.Element).OrderBy(n => n.Id, StringComparer.Ordinal)]),
            AudienceJson.Default.Packed
        );

    private void Keep(AudienceNotice notice)
    {
        notices.Enqueue(notice, (notice.Influence, notice.Id));
        if (notices.Count > Most)
            notices.Dequeue();
    }

    internal sealed record Packed(long Whole, long Elsewhere, List<AudienceNotice> Notices);
}

[JsonSerializable(typeof(AudienceTally.Packed))]
[JsonSerializable(typeof(AudienceReport))]
internal sealed partial class AudienceJson : JsonSerializerContext;
