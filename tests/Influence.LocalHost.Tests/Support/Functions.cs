using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.Tests.Support;

/// <summary>Functions as a worker tells them, without a worker.</summary>
internal static class Functions
{
    public static RpcFunctionMetadata Of(string name, params string[] bindings)
    {
        var metadata = new RpcFunctionMetadata { Name = name, FunctionId = name };
        metadata.RawBindings.Add(bindings);
        return metadata;
    }

    public static FunctionIndex Index(IReadOnlyList<RpcFunctionMetadata> functions, params (string Key, string Value)[] settings) =>
        Index(new HostJson(), functions, settings);

    public static FunctionIndex Index(
        HostJson host,
        IReadOnlyList<RpcFunctionMetadata> functions,
        params (string Key, string Value)[] settings
    )
    {
        var values = settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value));
        var index = new FunctionIndex(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), host);
        index.Fill(functions);
        return index;
    }

    public static QueueFunction OfQueue(string name, string queue) =>
        (QueueFunction)
            Index([Of(name, $$"""{"name":"message","type":"queueTrigger","direction":"In","queueName":"{{queue}}"}""")]).Functions[0];

    public static TimerFunction OfTimer(string name, string schedule) =>
        (TimerFunction)
            Index([Of(name, $$"""{"name":"timer","type":"timerTrigger","direction":"In","schedule":"{{schedule}}"}""")]).Functions[0];

    /// <summary>A worker that is always there.</summary>
    public static FunctionInvoker Invoker(Func<FunctionInput, CancellationToken, Task> run) =>
        new(_ => Task.CompletedTask, (_, input, cancellationToken) => run(input, cancellationToken));
}
