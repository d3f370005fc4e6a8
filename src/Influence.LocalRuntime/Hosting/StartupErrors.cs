using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Influence.LocalRuntime.Hosting;

/// <summary>An app that cannot start, or is stopped before it has, says so in a sentence without a stack trace.</summary>
internal static class StartupErrors
{
    private const int Failed = 1;

    // What shells report for a program that Ctrl+C ended.
    private const int Interrupted = 130;

    public static void Print() =>
        AppDomain.CurrentDomain.UnhandledException += (_, args) =>
        {
            if (args.ExceptionObject is OperationCanceledException)
                Exit("Stopped before it had started.", Interrupted);
            if (
                args.ExceptionObject
                is Exception error
                    and (
                        InvalidOperationException
                        or OptionsValidationException
                        or IOException
                        or InvalidDataException
                        or FormatException
                        or JsonException
                        or UnauthorizedAccessException
                        or SocketException
                        or TimeoutException
                    )
            )
                // A file that cannot be read says which one; its cause, where in it.
                Exit(error is InvalidDataException ? $"{error.Message} {error.GetBaseException().Message}" : error.Message, Failed);
        };

    private static void Exit(string sentence, int code)
    {
        Console.Error.WriteLine(sentence);
        Environment.Exit(code);
    }
}
