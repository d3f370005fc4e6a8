using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Infra.Tests;

/// <summary>infra/main.bicep, compiled.</summary>
internal static class Template
{
    /// <summary>The variables that the parameter files read.</summary>
    public static readonly string[] ReadFromEnvironment =
    [
        "ALERT_EMAIL",
        "AZURE_PRINCIPAL_ID",
        "BUDGET_START",
        "MONTHLY_BUDGET",
        "MORE_SETTINGS",
        "OPERATOR_PRINCIPAL_ID",
        "OPERATOR_PRINCIPAL_TYPE",
        "PUBLIC_URL",
    ];

    private static readonly Lazy<JsonNode> Compiled = new(Compile);

    public static string Root { get; } = Metadata("Root");

    public static JsonNode Main => Compiled.Value;

    /// <summary>The values of a parameter file of infra, in an environment.</summary>
    public static JsonNode Parameters(string file, params (string Name, string Value)[] environment)
    {
        var built = JsonNode.Parse(Bicep("build-params", file, environment))!;
        return JsonNode.Parse((string)built["parametersJson"]!)!["parameters"]!;
    }

    /// <summary>The template of a module of main.bicep.</summary>
    public static JsonNode Module(string name) => Main["resources"]![name]!["properties"]!["template"]!;

    public static IEnumerable<JsonNode> Resources(JsonNode template) =>
        template["resources"] is JsonArray list ? list.Select(r => r!) : template["resources"]!.AsObject().Select(r => r.Value!);

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static JsonNode Compile() => JsonNode.Parse(Bicep("build", "main.bicep"))!;

    private static string Bicep(string command, string file, params (string Name, string Value)[] environment)
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.OSArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException(
                "The Bicep CLI of Azure.Bicep.CommandLine.linux-x64 runs on linux-x64 only, so nothing can be said about infra/ here."
            );
        var start = new ProcessStartInfo(Metadata("BicepPath"), [command, Path.Combine(Root, "infra", file), "--stdout"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What this machine has in its environment is no part of a test.
        foreach (var name in ReadFromEnvironment)
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var bicep = Process.Start(start)!;
        var (output, errors) = (bicep.StandardOutput.ReadToEndAsync(), bicep.StandardError.ReadToEndAsync());
        if (!bicep.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            bicep.Kill();
            throw new TimeoutException($"After two minutes still not: the end of 'bicep {command} {file}'.");
        }

        Assert.Equal("", errors.Result);
        Assert.Equal(0, bicep.ExitCode);
        return output.Result;
    }

    private static string Metadata(string key) =>
        typeof(Template).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!.Replace('\\', '/');
}
