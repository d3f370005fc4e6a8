using Azure;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Pipeline.Tests.Recompute;

public sealed class AccountCacheTests
{
    private static readonly KeyHasher Keys = new(7);

    [Fact]
    public void It_holds_at_most_its_bytes_and_the_least_recently_used_leave_first()
    {
        var cache = new AccountCache(10 * 1536);
        for (var i = 0; i < 10; i++)
            cache.Put(Of(i));
        Assert.Equal(10 * 1536, cache.Bytes);
        Assert.NotNull(cache.Find(Account(0)));
        cache.Put(Of(10));
        Assert.Equal(10 * 1536, cache.Bytes);
        Assert.Null(cache.Find(Account(1)));
        Assert.NotNull(cache.Find(Account(0)));
        cache.Remove(Account(0));
        Assert.Null(cache.Find(Account(0)));
        Assert.Equal(9 * 1536, cache.Bytes);
    }

    [Fact]
    public void Loaded_pages_count_and_what_is_put_again_counts_once()
    {
        var cache = new AccountCache(1 << 20);
        cache.Put(Of(1));
        var before = cache.Bytes;
        cache.Put(Of(1, people: 200));
        Assert.InRange(cache.Bytes, before + (200 * 16), before + 100_000);
        Assert.Equal(200, cache.Find(Account(1))!.State.Totals.People);
        cache.Put(Of(1));
        Assert.Equal(before, cache.Bytes);
    }

    [Fact]
    public void Larger_than_all_of_it_or_with_no_room_at_all_nothing_is_kept()
    {
        var small = new AccountCache(2000);
        small.Put(Of(1));
        small.Put(Of(1, people: 200));
        Assert.Null(small.Find(Account(1)));
        var none = new AccountCache(0);
        none.Put(Of(1));
        Assert.Equal((null, 0L), (none.Find(Account(1)), none.Bytes));
    }

    [Fact]
    public void Guessing_stops_when_more_than_5_percent_are_wrong_and_comes_back()
    {
        var guess = new NewAccountGuess(new FakeTimeProvider());
        Assert.True(guess.IsOn);
        for (var i = 0; i < 11; i++)
            guess.Learn(wasNew: false);
        Assert.False(guess.IsOn);
        var reads = 0;
        for (; !guess.IsOn; reads++)
            guess.Learn(wasNew: true);
        Assert.InRange(reads, 1, 100);
        // One in fifty wrong is worth guessing on.
        for (var i = 0; i < 1000; i++)
            guess.Learn(wasNew: i % 50 != 0);
        Assert.True(guess.IsOn);
        for (var i = 0; i < 1000; i++)
            guess.Learn(wasNew: i % 10 != 0);
        Assert.False(guess.IsOn);
    }

    [Fact]
    public void A_foreign_write_stops_guessing_for_a_minute()
    {
        var clock = new FakeTimeProvider();
        var guess = new NewAccountGuess(clock);
        guess.SawForeignWrite();
        Assert.False(guess.IsOn);
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.False(guess.IsOn);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(guess.IsOn);
    }

    private static AccountId Account(int number) => AccountId.Parse($"net:{number}");

    private static AccountDocument Of(int number, int people = 0)
    {
        var state = AccountState.Empty(Account(number), ScoringPolicy.Current, Keys);
        Fact[] facts =
        [
            .. Enumerable
                .Range(0, people)
                .Select(i => new Interaction
                {
                    Type = InteractionType.Share,
                    Actor = AccountId.Parse($"net:a{i}"),
                    Target = Account(number),
                    At = 1_790_000_000,
                }),
        ];
        if (people > 0)
            state = AccountUpdate.Apply(state, facts, VoteTable.AllOne, 1_790_000_000).State;
        return new AccountDocument(state, new ETag("1"), new HashSet<PageKind>());
    }
}
