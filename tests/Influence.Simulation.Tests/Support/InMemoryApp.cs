using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Influence.Simulation.Tests.Support;

/// <summary>Production's composition over storage in memory, with faults that a test scripts.</summary>
internal sealed class InMemoryApp : IAsyncDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly ServiceProvider services;

    public InMemoryApp(FakeTimeProvider? clock = null, params (string Key, string Value)[] settings)
    {
        Clock = clock ?? new FakeTimeProvider(Noon);
        Storage = new InMemoryStorage(Clock);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
                    ["Influence:SettlePasses"] = "0",
                    ["Influence:ShardsPerMessage"] = "256",
                    ["Influence:VoteCacheSeconds"] = "0",
                }
            )
            .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)))
            .Build();
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(Storage.Clients(Faults))
            .AddInfluence(configuration)
            .BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public InMemoryStorage Storage { get; }

    public ScriptedFaults Faults { get; } = new();

    public long Now => Clock.GetUtcNow().ToUnixTimeSeconds();

    public Deployment Deployment => Get<Deployment>();

    public Publisher Publisher => Get<Publisher>();

    public BoardQueries Boards => Get<BoardQueries>();

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async Task ApplyAsync(params Fact[] facts)
    {
        foreach (var message in FactsCodec.Write(facts, new FactOrigin(Now)))
            await Get<ScoreRecomputer>().ApplyAsync(message, default);
    }

    public Interaction Share(string actor, string target, string? id = null, long age = 0) =>
        new()
        {
            Type = InteractionType.Share,
            Actor = AccountId.Parse($"net:{actor}"),
            Target = AccountId.Parse($"net:{target}"),
            At = Now - age,
            Id = id,
        };

    /// <summary>As many accounts as asked for, no two with the same score.</summary>
    public Task PopulateAsync(int accounts) =>
        ApplyAsync([
            .. Enumerable
                .Range(0, accounts)
                .SelectMany(i =>
                    Enumerable
                        .Range(0, i + 1)
                        .Select(p => Share($"p{p}", $"t{i:d3}", string.Create(CultureInfo.InvariantCulture, $"{i}/{p}")))
                ),
        ]);

    /// <summary>Takes the visible messages of the publications off their queue.</summary>
    public async Task<List<string>> ReceiveAsync()
    {
        var texts = new List<string>();
        while ((await Deployment.Shards.ReceiveMessagesAsync(32)).Value is { Length: > 0 } messages)
            foreach (var message in messages)
            {
                texts.Add(message.MessageText);
                await Deployment.Shards.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }

        return texts;
    }

    /// <summary>Does what the visible messages of the publications ask for, until there is none.</summary>
    public async Task DrainAsync()
    {
        while (await ReceiveAsync() is { Count: > 0 } texts)
            foreach (var text in texts)
                await Publisher.RunAsync(text, default);
    }

    public async Task<Publication> PublishAsync(DateOnly? date = null)
    {
        var asked = (await Publisher.RequestAsync(date, default))!;
        await DrainAsync();
        return asked;
    }

    public async Task<PublicationStatus> StatusAsync(Publication publication) =>
        (await Publisher.FindAsync(publication.Id, default))!.Status;

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

/// <summary>Faults by delegates, set while a test goes on.</summary>
internal sealed class ScriptedFaults : StorageFaults
{
    /// <summary>Before a call's effect; an exception prevents it.</summary>
    public Func<StorageCall, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Whether the call's answer is lost, so that the SDK makes it once more.</summary>
    public Func<StorageCall, bool> Repeats { get; set; } = _ => false;

    public override async ValueTask<StorageFault> MeetAsync(StorageCall call, CancellationToken cancellationToken)
    {
        await Before(call);
        return new StorageFault(Repeats: Repeats(call));
    }
}

/// <summary>Every pause is over at once, and that much later it is; a time limit, which is longer, stays one.</summary>
internal sealed class NoWaitClock(DateTimeOffset now) : FakeTimeProvider(now)
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime < TimeSpan.FromSeconds(30))
            Advance(dueTime);
        return timer;
    }
}
