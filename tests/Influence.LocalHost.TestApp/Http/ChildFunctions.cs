using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace Influence.LocalHost.TestApp.Http;

/// <summary>Starts a process of its own: this program once more, whose standard input ends at once.</summary>
public sealed class ChildFunctions
{
    public const string IsChild = "IsChild";

    [Function("Child")]
    public async Task<IActionResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "child")] HttpRequest request)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(ChildFunctions).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[IsChild] = "true";
        using var child = Process.Start(start)!;
        child.StandardInput.Close();
        return new ContentResult { Content = await child.StandardOutput.ReadToEndAsync(request.HttpContext.RequestAborted) };
    }
}
