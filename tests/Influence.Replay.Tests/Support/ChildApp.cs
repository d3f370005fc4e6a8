namespace Influence.Replay.Tests.Support;

/// <summary>
/// The test assembly run as a program: <c>--urls http://…</c> serves <see cref="FakeApi"/> there until it is asked to end.
/// </summary>
public static class ChildApp
{
    public static async Task<int> Main(string[] args)
    {
        await using var api = await FakeApi.StartAsync(args[Array.IndexOf(args, "--urls") + 1]);
        Console.WriteLine("listening");
        await api.StoppedAsync();
        Console.WriteLine("ended in order");
        return 0;
    }
}
