using System.Diagnostics;

namespace Influence.Tests;

/// <summary>Bounded waits for other tasks and processes, which say what they waited for.</summary>
internal static class Eventually
{
    private const int MostRounds = 2000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until it holds.</summary>
    /// <param name="what">What is waited for, as the end of «After … still not: ».</param>
    /// <param name="holds">Whether it holds.</param>
    /// <param name="within">How long at most; a minute when not given.</param>
    /// <param name="state">Says how things stand, for the message.</param>
    /// <param name="every">How often it is asked.</param>
    public static Task HoldsAsync(
        string what,
        Func<bool> holds,
        TimeSpan? within = null,
        Func<string>? state = null,
        TimeSpan? every = null
    ) => HoldsAsync(what, () => Task.FromResult(holds()), within, state, every);

    /// <inheritdoc cref="HoldsAsync(string, Func{bool}, TimeSpan?, Func{string}?, TimeSpan?)"/>
    public static async Task HoldsAsync(
        string what,
        Func<Task<bool>> holds,
        TimeSpan? within = null,
        Func<string>? state = null,
        TimeSpan? every = null
    )
    {
        var (began, patience) = (Stopwatch.GetTimestamp(), within ?? Patience);
        while (!await holds().WaitAsync(patience))
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
                throw new TimeoutException($"After {patience.TotalSeconds:0} s still not: {what}. {state?.Invoke()}".TrimEnd());
            await Task.Delay(every ?? Pause);
        }
    }

    /// <summary>Asks until there is a value.</summary>
    /// <inheritdoc cref="HoldsAsync(string, Func{bool}, TimeSpan?, Func{string}?, TimeSpan?)"/>
    public static async Task<T> FoundAsync<T>(string what, Func<Task<T?>> find, TimeSpan? within = null, Func<string>? state = null)
        where T : class
    {
        T? found = null;
        await HoldsAsync(what, async () => (found = await find()) is not null, within, state);
        return found!;
    }

    /// <summary>The next round of a loop over what comes, such as a queue's messages; one too many is an error.</summary>
    public static int Round(int round, string what) =>
        round < MostRounds ? round + 1 : throw new TimeoutException($"After {MostRounds} rounds still not: {what}.");

    /// <summary>Waits for the end of a task, by the machine's clock.</summary>
    public static async Task EndsAsync(Task task, string what, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        if (await Task.WhenAny(task, Task.Delay(patience)) != task)
            throw new TimeoutException($"After {patience.TotalSeconds:0} s still not: the end of {what}.");
        await task;
    }

    /// <summary>Waits for the end of a process; one that does not end in time is killed, and that is an error.</summary>
    public static async Task EndsAsync(Process process, string what, TimeSpan? within = null)
    {
        var patience = within ?? Patience;
        try
        {
            await process.WaitForExitAsync().WaitAsync(patience);
        }
        catch (TimeoutException e)
        {
            process.Kill();
            throw new TimeoutException($"After {patience.TotalSeconds:0} s still not: the end of {what} (process {process.Id}).", e);
        }
    }

    /// <summary>Kills a process and waits until it is gone.</summary>
    public static void Kill(Process process, string what)
    {
        process.Kill();
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"After {Patience.TotalSeconds:0} s still not: the end of {what} (process {process.Id}), killed.");
    }
}
