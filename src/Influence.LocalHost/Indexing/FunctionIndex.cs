using Microsoft.Extensions.Configuration;
using NCrontab;

namespace Influence.LocalHost.Indexing;

/// <summary>The functions of the app, as its worker tells them; checked once, at the first start.</summary>
internal sealed class FunctionIndex(IConfiguration configuration, HostJson host)
{
    private IReadOnlyList<FunctionEntry>? functions;

    /// <summary>All that shall run, by name; none before the first worker has told them.</summary>
    public IReadOnlyList<FunctionEntry> Functions => functions ?? [];

    /// <summary>Takes what the first worker says; a later worker of the same build has the same functions.</summary>
    /// <exception cref="FunctionIndexException">One of them cannot be served.</exception>
    public void Fill(IEnumerable<RpcFunctionMetadata> metadata)
    {
        if (functions is not null)
            return;
        var found = metadata.Where(m => !IsDisabled(m.Name)).Select(Entry).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
        CheckNames(found);
        CheckRoutes([.. found.OfType<HttpFunction>()]);
        functions = found;
    }

    private bool IsDisabled(string name) =>
        (host.Functions.Count > 0 && !host.Functions.Contains(name, StringComparer.OrdinalIgnoreCase))
        || (configuration[$"AzureWebJobs.{name}.Disabled"] ?? configuration[$"AzureWebJobs:{name}:Disabled"]) is { } text
            && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    private FunctionEntry Entry(RpcFunctionMetadata metadata)
    {
        var name = metadata.Name;
        var bindings = metadata.RawBindings.Select(RawBinding.Read).ToList();
        if (bindings.FirstOrDefault(b => !b.IsTrigger && b.Type != "http") is { } other)
            throw new FunctionIndexException(name, $"the binding '{other.Type}' is not known here");
        var triggers = bindings.Where(b => b.IsTrigger).ToList();
        if (triggers is not [var trigger])
            throw new FunctionIndexException(name, $"it has {triggers.Count} triggers, not one");
        return trigger.Type switch
        {
            "httpTrigger" => new HttpFunction(
                metadata,
                trigger.Name,
                SettingNames.Resolve(trigger.Route ?? name, name, configuration),
                trigger.Methods is { Count: > 0 } methods
                    ? [.. methods.Select(m => m.ToUpperInvariant())]
                    : throw new FunctionIndexException(name, "it lists no methods"),
                Enum.TryParse(trigger.AuthLevel ?? nameof(KeyLevel.Function), ignoreCase: true, out KeyLevel level)
                    ? level
                    : throw new FunctionIndexException(name, $"its level '{trigger.AuthLevel}' is not known here")
            ),
            "queueTrigger" => new QueueFunction(metadata, trigger.Name, Resolved(trigger.QueueName)),
            "timerTrigger" => new TimerFunction(metadata, trigger.Name, Cron(name, trigger.Schedule ?? "", Resolved(trigger.Schedule))),
            _ => throw new FunctionIndexException(name, $"the binding '{trigger.Type}' is not known here"),
        };

        string Resolved(string? text) => SettingNames.Resolve(text ?? "", name, configuration);
    }

    private static CrontabSchedule Cron(string function, string text, string schedule) =>
        CrontabSchedule.TryParse(schedule, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
        ?? throw new FunctionIndexException(
            function,
            $"its schedule '{schedule}'{(text == schedule ? "" : $", from the setting '{text.Trim('%')}',")} has not six fields "
                + "that make sense (second minute hour day month weekday)"
        );

    private static void CheckNames(List<FunctionEntry> functions)
    {
        if (functions.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FunctionIndexException(twice.Key, "another function has the same name");
    }

    private static void CheckRoutes(List<HttpFunction> functions)
    {
        var routes = functions.SelectMany(f => f.Methods.Select(m => (Function: f, Key: $"{m} {Shape(f.Route)}")));
        if (routes.GroupBy(r => r.Key, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new FunctionIndexException(
                twice.Last().Function.Name,
                $"'{twice.First().Function.Name}' has the same route, {twice.Key}"
            );
    }

    // Two templates that differ only in their parameters' names answer the same paths.
    private static string Shape(string route) => string.Join('/', route.Split('/').Select(s => s.StartsWith('{') ? "{}" : s));
}
