using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Influence.LocalHost.Hosting;

/// <summary>A host that cannot start, or is stopped before it has, says so in a sentence without a stack trace.</summary>
internal static class StartupErrors
{
    public const int Failed = 1;

    // What shells report for a program that Ctrl+C ended.
    private const int Interrupted = 130;

    /// <summary>Whether a sentence explains an exception. All else is a fault of the host and shows its stack.</summary>
    public static bool IsExplained(Exception exception) =>
        exception
            is OperationCanceledException
                or InvalidOperationException
                or OptionsValidationException
                or IOException
                or InvalidDataException
                or FormatException
                or JsonException
                or UnauthorizedAccessException
                or SocketException
                or TimeoutException
                or WorkerStartException;

    /// <summary>Says it.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(Exception exception)
    {
        if (exception is OperationCanceledException)
            return Tell("Stopped before it had started.", Interrupted);
        // A file that cannot be read says which one; its cause, where in it.
        return Tell(
            exception is InvalidDataException && exception.InnerException is not null
                ? $"{exception.Message} {exception.GetBaseException().Message}"
                : exception.Message,
            Failed
        );
    }

    public static int Tell(string sentence, int code)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }
}
