using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Influence.LocalRuntime.Hosting;

/// <summary>An app that cannot start says why in a sentence, without a stack trace.</summary>
internal static class StartupErrors
{
    public static void Print() =>
        AppDomain.CurrentDomain.UnhandledException += (_, args) =>
        {
            if (
                args.ExceptionObject
                is not (
                    InvalidOperationException
                    or OptionsValidationException
                    or IOException
                    or InvalidDataException
                    or FormatException
                    or JsonException
                    or UnauthorizedAccessException
                    or SocketException
                )
            )
                return;
            var error = (Exception)args.ExceptionObject;
            // A file that cannot be read says which one; its cause, where in it.
            Console.Error.WriteLine(error is InvalidDataException ? $"{error.Message} {error.GetBaseException().Message}" : error.Message);
            Environment.Exit(1);
        };
}
