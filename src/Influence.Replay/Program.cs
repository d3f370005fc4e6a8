using System.Security.Cryptography;

var clock = TimeProvider.System;
var jitter = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
var command = new ReplayCommand();
command.SetAction(
    (line, cancellationToken) =>
        RunAsync(
            async folder =>
            {
                var options = command.Read(line, Environment.GetEnvironmentVariable);
                await new ReplayRun(options, Reporter.ForTerminal(clock), folder, clock, jitter).RunAsync(cancellationToken);
                return ExitCodes.Ok;
            },
            "The same command again goes on from here.",
            cancellationToken
        )
);

var verify = new VerifyCommand();
verify.SetAction(
    (line, cancellationToken) =>
        RunAsync(
            async folder =>
            {
                var options = verify.Read(line, Environment.GetEnvironmentVariable);
                return await new VerifyRun(options, Reporter.ForTerminal(clock), folder, clock, jitter).RunAsync(cancellationToken)
                    ? ExitCodes.Ok
                    : ExitCodes.Drifted;
            },
            "Nothing is lost by asking again.",
            cancellationToken
        )
);
command.Add(verify);

DeadLetterCommand? letters = null;
letters = new DeadLetterCommand(
    (line, action, cancellationToken) =>
        RunAsync(
            async folder =>
            {
                var options = letters!.Read(line, action, Environment.GetEnvironmentVariable);
                return await new DeadLetterRun(options, Reporter.ForTerminal(clock), folder, clock, jitter).RunAsync(cancellationToken)
                    ? ExitCodes.Ok
                    : ExitCodes.Failed;
            },
            "The same command again goes on from here.",
            cancellationToken
        )
);
command.Add(letters);

command.Add(new SignCommand(Environment.GetEnvironmentVariable, Console.Out, clock));
var line = command.Parse(args);
if (line.Errors.Count == 0)
    // Ctrl+C: requests in flight are finished and the app is stopped in order, which takes its time.
    return await line.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(45) });
foreach (var error in line.Errors)
    Console.Error.WriteLine(error.Message);
return ExitCodes.BadArguments;

static async Task<int> RunAsync(Func<Folder, Task<int>> work, string whenStopped, CancellationToken cancellationToken)
{
    try
    {
        return await work(new Folder(Path.GetFullPath(Folder.DefaultName)));
    }
    catch (ReplayFailedException e)
    {
        Console.Error.WriteLine($"Failed: {e.Message}");
    }
    catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
    {
        Console.Error.WriteLine($"Stopped. {whenStopped}");
    }

    return ExitCodes.Failed;
}
