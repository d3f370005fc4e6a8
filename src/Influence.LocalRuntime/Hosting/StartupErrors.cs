using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Influence.LocalRuntime;

/// <summary>An app that cannot start says why in a sentence, without a stack trace.</summary>
internal static class StartupErrors
{
    public static void Print() => AppDomain.CurrentDomain.UnhandledException += (_, args) =>
    {
        if (args.ExceptionObject is not (InvalidOperationException or OptionsValidationException or IOException or InvalidDataException or FormatException or JsonException)) return;
        Console.Error.WriteLine(((Exception)args.ExceptionObject).Message);
        Environment.Exit(1);
    };
}
