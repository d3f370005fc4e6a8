using System.Collections.Immutable;

namespace Influence.Scoring.State;

/// <summary>What most accounts lack, inside a summary: the profile's link and the change of policy.</summary>
/// <remarks>
/// A byte says which are there: bit 0 the link (when it was made, its accounts, the ties among them, what they added on past days), bit 1
/// the change (moment, version before, inputs before and after).
/// </remarks>
internal static class ProfileCodec
{
    private const byte HasLink = 1;
    private const byte HasChange = 2;

    public static void Write(ByteWriter to, AccountState state)
    {
        to.Byte((byte)((state.Link is null ? 0 : HasLink) | (state.Changeover is null ? 0 : HasChange)));
        if (state.Link is { } link)
        {
            to.Long(link.Since);
            to.Int(link.Accounts.Length);
            foreach (var account in link.Accounts)
                to.Text(account.Value);
            SummaryCodec.WritePeople(to, link.Inner);
            SummaryCodec.WriteHistory(to, link.Past);
        }

        if (state.Changeover is { } change)
        {
            to.Long(change.At);
            to.Int(change.From);
            Write(to, change.Before);
            Write(to, change.After);
        }
    }

    /// <summary>The state with them.</summary>
    /// <exception cref="PageCorruptException">They are not what was written.</exception>
    public static AccountState Read(ref ByteReader from, AccountState state)
    {
        var parts = from.Byte();
        if (parts > (HasLink | HasChange))
            throw from.Corrupt("its parts are not known here");
        if ((parts & HasLink) != 0)
            state = state with { Link = ReadLink(ref from, state) };
        return (parts & HasChange) != 0
            ? state with
            {
                Changeover = new PolicyChangeover(from.Long(), from.Int(), ReadInputs(ref from), ReadInputs(ref from)),
            }
            : state;
    }

    private static ProfileLink ReadLink(ref ByteReader from, AccountState state)
    {
        var since = from.Long();
        var accounts = new AccountId[from.Count(ProfileLink.MaxAccounts)];
        for (var i = 0; i < accounts.Length; i++)
            if (!AccountId.TryParse(from.Text(), out accounts[i]))
                throw from.Corrupt("an account of its profile is none");
        if (!accounts.Contains(state.Account) || accounts.Distinct().Count() != accounts.Length)
            throw from.Corrupt("its profile is not its own");
        var link = new ProfileLink([.. accounts], since, state.Account, state.Keys);
        return link.With(SummaryCodec.ReadPeople(ref from), SummaryCodec.ReadHistory(ref from));
    }

    private static void Write(ByteWriter to, ScoreInputs inputs)
    {
        to.Double(inputs.Reach);
        to.Double(inputs.Engagement);
        to.Double(inputs.People);
        to.Double(inputs.Audience);
    }

    private static ScoreInputs ReadInputs(ref ByteReader from) => new(from.Sum(), from.Sum(), from.Sum(), from.Sum());
}
