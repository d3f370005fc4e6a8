using System.Diagnostics;

namespace Influence.Browser.Tests.Support;

/// <summary>The browser of the tests: one of the machine, else the one that package.json pins.</summary>
/// <param name="Path">Its program.</param>
/// <param name="Libraries">Where it finds what the system lacks; null where it lacks nothing.</param>
internal sealed record Chromium(string Path, string? Libraries)
{
    /// <summary>The setting of whoever must not skip these tests.</summary>
    public const string Setting = "INFLUENCE_BROWSER";

    private const string Own = "CHROMIUM";
    private const string Advice =
        $"These tests drive Chromium: install it (apt-get install chromium), name it in {Own}, "
        + "or install Node.js and run 'npm ci' in tests/Influence.Browser.Tests.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Usual =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    // Looked for once in a process.
    private static readonly Lazy<(Chromium? Found, string? Missing)> Search = new(Look);

    /// <summary>Why the tests are skipped; null where there is a browser, or where there must be one.</summary>
    public static string? SkipReason => IsRequired ? null : Search.Value.Missing;

    private static bool IsRequired => Environment.GetEnvironmentVariable(Setting) == "required";

    /// <summary>The browser.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says how to get one.</exception>
    public static Chromium Require() => Search.Value.Found ?? throw new InvalidOperationException(Search.Value.Missing);

    /// <summary>What it is started with: the environment of this process, and the libraries.</summary>
    public Dictionary<string, string> Variables()
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (System.Collections.DictionaryEntry pair in Environment.GetEnvironmentVariables())
            all[(string)pair.Key] = (string?)pair.Value ?? "";
        if (Libraries is not null)
            all["LD_LIBRARY_PATH"] = Libraries;
        return all;
    }

    private static (Chromium? Found, string? Missing) Look()
    {
        try
        {
            return (Find(), null);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or TimeoutException or UnauthorizedAccessException)
        {
            return (null, $"{Advice} {e.Message}");
        }
    }

    private static Chromium Find()
    {
        if (Environment.GetEnvironmentVariable(Own) is { Length: > 0 } own)
            return Starts(own, null) is { } complaint
                ? throw new InvalidOperationException($"{Own} is '{own}'. {complaint}")
                : new Chromium(own, null);
        if (Usual.FirstOrDefault(p => File.Exists(p) && Starts(p, null) is null) is { } known)
            return new Chromium(known, null);
        var (program, libraries) = ChromiumPackage.Install();
        if (Starts(program, null) is null)
            return new Chromium(program, null);
        return Starts(program, libraries) is { } still ? throw new InvalidOperationException(still) : new Chromium(program, libraries);
    }

    // Null where it starts; else what is wrong.
    private static string? Starts(string program, string? libraries)
    {
        var start = new ProcessStartInfo(program, ["--version"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (libraries is not null)
            start.Environment["LD_LIBRARY_PATH"] = libraries;
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return $"'{program} --version' did not end within {Patience.TotalSeconds:0} s.";
            }

            return process.ExitCode == 0 ? null : $"'{program} --version' failed: {output.Result} {error.Result}".Trim();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
