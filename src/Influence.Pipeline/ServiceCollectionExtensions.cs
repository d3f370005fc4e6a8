using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Influence.Pipeline;

/// <summary>Production's composition, for the app and for its tests.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers the pipeline in the order facts flow through it.</summary>
    /// <param name="services">The app's services; a registered <see cref="TimeProvider"/> is kept.</param>
    /// <param name="configuration">
    /// Holds section <see cref="InfluenceOptions.Section"/> and <see cref="StorageConnection.Setting"/>.
    /// </param>
    public static IServiceCollection AddInfluence(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InfluenceOptions>().Bind(configuration.GetSection(InfluenceOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<InfluenceOptions>, InfluenceOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StorageRequests>();
        services.AddSingleton<StorageConnection>();
        // The one source of random: what spreads writers that collide. A seeded one that is registered before makes it repeatable.
#pragma warning disable RS0030
        services.TryAddSingleton(Random.Shared);
#pragma warning restore RS0030
        services.AddSingleton<OptimisticConcurrency>();
        services.AddSingleton<Deployment>();
        services.AddHostedService<DeploymentSetup>();

        services.AddSingleton<FactIngestor>();
        services.AddSingleton<Activities>();
        services.AddSingleton<CurrentVotes>();
        services.AddSingleton(s => new ScoreRecomputer(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<CurrentVotes>(),
            s.GetRequiredService<OptimisticConcurrency>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>(),
            s.GetRequiredService<Microsoft.Extensions.Logging.ILogger<ScoreRecomputer>>()
        ));
        services.AddSingleton<PublicationWorkshop>();
        services.AddSingleton(s => new Publisher(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<CurrentVotes>(),
            s.GetRequiredService<PublicationWorkshop>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<IOptions<InfluenceOptions>>(),
            s.GetRequiredService<Microsoft.Extensions.Logging.ILogger<Publisher>>()
        ));
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<AccountVerifier>();
        services.AddSingleton<BoardCatalogue>();
        services.AddSingleton(s => new BoardQueries(s.GetRequiredService<Deployment>(), s.GetRequiredService<BoardCatalogue>()));
        services.AddSingleton<GlobalRanks>();
        services.AddSingleton(s => new ProfileQueries(
            s.GetRequiredService<Deployment>(),
            s.GetRequiredService<GlobalRanks>(),
            s.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<Health>();
        services.AddSingleton<QueueWatch>();
        return services;
    }
}
