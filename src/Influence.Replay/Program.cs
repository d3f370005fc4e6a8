using Influence.Replay;
using Influence.Replay.Output;
using Influence.Replay.Resume;
using Influence.Replay.Verify;
using Influence.Replay.Webhooks;

var command = new ReplayCommand();
command.SetAction((line, stop) => RunAsync(async folder =>
{
    var options = command.Read(line, Environment.GetEnvironmentVariable);
    await new ReplayRun(options, Reporter.ForTerminal(), folder, TimeProvider.System).RunAsync(stop);
    return ExitCodes.Ok;
}, "The same command again goes on from here.", stop));

var verify = new VerifyCommand();
verify.SetAction((line, stop) => RunAsync(async folder =>
{
    var options = verify.Read(line, Environment.GetEnvironmentVariable);
    return await new VerifyRun(options, Reporter.ForTerminal(), folder).RunAsync(stop) ? ExitCodes.Ok : ExitCodes.Drifted;
}, "Nothing is lost by asking again.", stop));
command.Add(verify);

command.Add(new SignCommand(Environment.GetEnvironmentVariable, Console.Out, TimeProvider.System));
var line = command.Parse(args);
if (line.Errors.Count == 0)
    // Ctrl+C: requests in flight are finished and the app is stopped in order, which takes its time.
    return await line.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
foreach (var error in line.Errors) Console.Error.WriteLine(error.Message);
return ExitCodes.BadArguments;

static async Task<int> RunAsync(Func<Folder, Task<int>> work, string whenStopped, CancellationToken stop)
{
    try
    {
        return await work(new Folder(Path.GetFullPath(Folder.DefaultName)));
    }
    catch (ReplayFailedException e)
    {
        Console.Error.WriteLine($"Failed: {e.Message}");
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        Console.Error.WriteLine($"Stopped. {whenStopped}");
    }

    return ExitCodes.Failed;
}
