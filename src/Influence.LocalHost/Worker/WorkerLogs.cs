using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Influence.LocalHost.Worker;

/// <summary>What the worker logs, at its level. Lines of a function's run get the category that the host names after it.</summary>
internal sealed class WorkerLogs(ILoggerFactory loggers)
{
    /// <summary>Before the worker's own categories: the framework of this process has the same ones.</summary>
    public const string Prefix = "Worker.";

    private readonly ConcurrentDictionary<string, ILogger> byCategory = new(StringComparer.Ordinal);

    /// <summary>Writes one line.</summary>
    /// <param name="log">It.</param>
    /// <param name="running">The run that it is of; null for none.</param>
    public void Write(RpcLog log, RunningInvocation? running)
    {
        var level = LevelOf(log.Level);
        var logger = LoggerOf(running is null ? $"{Prefix}{log.Category}" : $"Function.{running.Function.Name}.User");
        // What a cancel ends has not failed.
        if (!logger.IsEnabled(level) || (running is { IsCancelled: true } && log.Exception is not null))
            return;
        var exception = log.Exception is { } e ? new FunctionFailedException(e.Type, e.Message, e.StackTrace) : null;
        logger.Log(level, default, log.Message, exception, static (message, _) => message);
    }

    // The two enumerations agree, which their definitions do not promise.
    private static LogLevel LevelOf(RpcLog.Types.Level level) =>
        level switch
        {
            RpcLog.Types.Level.Trace => LogLevel.Trace,
            RpcLog.Types.Level.Debug => LogLevel.Debug,
            RpcLog.Types.Level.Information => LogLevel.Information,
            RpcLog.Types.Level.Warning => LogLevel.Warning,
            RpcLog.Types.Level.Error => LogLevel.Error,
            RpcLog.Types.Level.Critical => LogLevel.Critical,
            _ => LogLevel.None,
        };

    private ILogger LoggerOf(string category) => byCategory.GetOrAdd(category, static (c, factory) => factory.CreateLogger(c), loggers);
}
