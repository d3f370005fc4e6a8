namespace Influence.Replay.Tests.Support;

/// <summary>The test assembly run as a program: serves <see cref="FakeApi"/> at <c>--urls</c> until it is asked to end.</summary>
public static class ChildApp
{
    public static async Task<int> Main(string[] args)
    {
        await using var api = await FakeApi.StartAsync(args[Array.IndexOf(args, "--urls") + 1]);
        Console.WriteLine("listening");
        // As the app's own setting says it.
        var isTold = args[Array.IndexOf(args, "--LocalHost:StopWhenInputEnds") + 1] == "true";
        var inputEnds = isTold ? Console.OpenStandardInput().CopyToAsync(Stream.Null) : Task.Delay(Timeout.Infinite);
        await Task.WhenAny(api.StoppedAsync(), inputEnds);
        Console.WriteLine("ended in order");
        return 0;
    }
}
