using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Production's composition, for the app and for its tests.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers the pipeline in the order facts flow through it.</summary>
    /// <param name="services">The app's services; a registered <see cref="TimeProvider"/> or <see cref="StorageClients"/> is kept.</param>
    /// <param name="configuration">
    /// Holds section <see cref="InfluenceOptions.Section"/> and <see cref="StorageConnection.Setting"/>.
    /// </param>
    public static IServiceCollection AddInfluence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InfluenceOptions>().Bind(configuration.GetSection(InfluenceOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InfluenceOptions>, InfluenceOptionsValidator>();
        return services
            .AddStorage()
            .AddWebhooks(configuration)
            .AddIngestAndRecompute(configuration)
            .AddPublish()
            .AddProfiles()
            .AddQueryAndOperations();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageRequests>();
        services.AddSingleton<StorageConnection>();
        services.TryAddSingleton(s =>
        {
            var storage = s.GetRequiredService<StorageConnection>();
            return new StorageClients(storage.Table, storage.Queue);
        });
        // The one source of random: what spreads writers that collide. A seeded one that is registered before makes it repeatable.
#pragma warning disable RS0030
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton<OptimisticConcurrency>();
        services.AddSingleton<Deployment>();
        services.AddHostedService<DeploymentSetup>();
        return services;
    }

    private static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new WebhookSources(configuration));
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton(s => new RememberedActivities(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(s => new RenameSuggestions(s.GetRequiredService<Deployment>()));
        services.AddSingleton(s => new RenameSightings(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<RenameSuggestions>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<RenameSightings>>()
        ));
        services.AddSingleton<WebhookReceiver>();
        return services;
    }

    private static IServiceCollection AddIngestAndRecompute(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new Writers(configuration));
        services.AddSingleton(new AccountForms(configuration));
        services.AddSingleton<ItemBudgets>().AddSingleton<Backlog>().AddSingleton<WriteLimits>();
        services.AddSingleton(s => new Suppression(s.GetRequiredService<Deployment>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new FactIngestor(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<AccountForms>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<ItemBudgets>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<FactIngestor>>()
        ));
        services.AddSingleton<CurrentVotes>();
        services.AddSingleton<CommitMetrics>().AddSingleton<AccountWriter>();
        services.AddSingleton(s => new ScoreRecomputer(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<CurrentVotes>(),
            s.GetRequiredService<AccountWriter>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<ScoreRecomputer>>()
        ));
        return services;
    }

    private static IServiceCollection AddPublish(this IServiceCollection services)
    {
        services.AddSingleton<PublishSchedule>();
        services.AddSingleton(s => new Publisher(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<CurrentVotes>(),
            s.GetRequiredService<AccountWriter>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<PublishSchedule>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>(),
            s.GetRequiredService<ILoggerFactory>()
        ));
        services.AddSingleton(s => new Retention(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>()
        ));
        return services;
    }

    private static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton<AccountEditor>().AddSingleton<ProfilePreview>().AddSingleton<ProfileReader>();
        services.AddSingleton<AccountRecords>().AddSingleton<ErasedBoards>();
        services.AddSingleton(s => new ProfileEditor(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<AccountEditor>(),
            s.GetRequiredService<ProfilePreview>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(s => new AccountExports(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<AccountWriter>(),
            s.GetRequiredService<AccountRecords>(),
            s.GetRequiredService<ActorCards>(),
            s.GetRequiredService<AuditLog>()
        ));
        services.AddSingleton(s => new Standings(s.GetRequiredService<AccountEditor>(), s.GetRequiredService<Suppression>()));
        services.AddSingleton(s => new ErasureSteps(
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<ProfileEditor>(),
            s.GetRequiredService<AccountWriter>(),
            s.GetRequiredService<AccountRecords>(),
            s.GetRequiredService<ErasedBoards>(),
            Suppression.Staleness + TimeSpan.FromSeconds(s.GetRequiredService<IOptions<InfluenceOptions>>().Value.VoteCacheSeconds)
        ));
        services.AddSingleton(s => new Erasures(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<ErasureSteps>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<Workflow>>()
        ));
        return services;
    }

    private static IServiceCollection AddQueryAndOperations(this IServiceCollection services)
    {
        services.AddSingleton<WorkflowRouter>().AddSingleton<DeadLetters>().AddSingleton<DeadLetterBox>();
        services.AddSingleton(s => new AuditLog(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton(s => new AccountVerifier(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<AccountWriter>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<Microsoft.Extensions.Logging.ILogger<AccountVerifier>>()
        ));
        services.AddSingleton<BoardCatalogue>();
        services.AddSingleton(s => new BoardQueries(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<BoardCatalogue>(),
            s.GetRequiredService<ProfileReader>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>()
        ));
        services.AddSingleton(s => new ExplanationQueries(
            s.GetRequiredService<ProfileReader>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>()
        ));
        services.AddSingleton<ActorCards>();
        services.AddSingleton(s => new ProfileQueries(
            s.GetRequiredService<ProfileReader>(),
            s.GetRequiredService<BoardCatalogue>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<ActorCards>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>()
        ));
        services.AddSingleton(s => new ProfileReadings(
            s.GetRequiredService<ProfileQueries>(),
            s.GetRequiredService<Suppression>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>()
        ));
        services.AddSingleton(s => new AudienceQueries(s.GetRequiredService<Deployment>(), s.GetRequiredService<OptimisticConcurrency>()));
        services.AddSingleton<ListenerTurns>().AddSingleton<Health>();
        services.AddSingleton<QueueWatch>();
        return services;
    }
}
