using Influence.Replay;
using Influence.Replay.Output;
using Influence.Replay.Resume;
using Influence.Replay.Webhooks;

var command = new ReplayCommand();
command.SetAction(async (line, stop) =>
{
    try
    {
        var folder = new Folder(Path.GetFullPath(Folder.DefaultName));
        var options = command.Read(line, Environment.GetEnvironmentVariable);
        await new ReplayRun(options, Reporter.ForTerminal(), folder, TimeProvider.System).RunAsync(stop);
        return ExitCodes.Ok;
    }
    catch (ReplayFailedException e)
    {
        Console.Error.WriteLine($"Failed: {e.Message}");
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        Console.Error.WriteLine("Stopped. The same command again goes on from here.");
    }

    return ExitCodes.Failed;
});

command.Add(new SignCommand(Environment.GetEnvironmentVariable, Console.Out, TimeProvider.System));
var line = command.Parse(args);
if (line.Errors.Count == 0)
    // Ctrl+C: requests in flight are finished and the app is stopped in order, which takes its time.
    return await line.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
foreach (var error in line.Errors) Console.Error.WriteLine(error.Message);
return ExitCodes.BadArguments;
