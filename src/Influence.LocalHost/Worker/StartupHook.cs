using System.Diagnostics;
using System.Runtime.InteropServices;

// The runtime looks for this name, outside any namespace.
#pragma warning disable CA1050, IDE0130, RS0030, MA0047
/// <summary>Ends the worker when its host ends, however that ends: runs before its Main (DOTNET_STARTUP_HOOKS).</summary>
/// <remarks>
/// The host holds the other end of the worker's standard input. Every system closes it when the host ends, killed or not; the worker itself
/// would go on for ever. Only the base class library is used here: the worker's other assemblies are its own.
/// </remarks>
internal static class StartupHook
{
    /// <summary>The variable that Core Tools use too: the worker waits for a debugger.</summary>
    public const string DebuggerWait = "FUNCTIONS_ENABLE_DEBUGGER_WAIT";

    /// <summary>The variable that switches the hook on.</summary>
    /// <remarks>Processes that the worker starts inherit the hook without it: they are not the host's.</remarks>
    public const string Enabled = "INFLUENCE_LOCAL_HOST_WORKER";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Enabled) is null)
            return;
        Environment.SetEnvironmentVariable(Enabled, null);
        LeaveProcessGroup();
        new Thread(EndWithHost) { IsBackground = true, Name = "end with the host" }.Start();
        if (Environment.GetEnvironmentVariable(DebuggerWait) != "true")
            return;
        while (!Debugger.IsAttached)
            Thread.Sleep(100);
    }

    // Ctrl+C goes to every process of the terminal's group; the host decides when its worker stops. Windows has a flag for it at the start.
    private static void LeaveProcessGroup()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetProcessGroup(0, 0);
    }

    private static void EndWithHost()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var ignored = new byte[16];
            while (input.Read(ignored) > 0) { }
        }
        catch (IOException)
        {
            // Closed as well.
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [DllImport("libc", EntryPoint = "setpgid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetProcessGroup(int process, int group);
}
#pragma warning restore CA1050, IDE0130, RS0030, MA0047
