using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

namespace Influence.LocalHost.TestApp;

/// <summary>Ends the process when the host asks for its functions: it has called then, and is not healthy yet.</summary>
/// <param name="code">The exit code.</param>
public sealed class EndWhenAsked(int code) : IFunctionMetadataProvider
{
    private static readonly TimeSpan StreamFirst = TimeSpan.FromMilliseconds(300);

    public async Task<ImmutableArray<IFunctionMetadata>> GetFunctionMetadataAsync(string directory)
    {
        StreamFunctions.Break();
        await Task.Delay(StreamFirst);
        Refuse(code);
        return [];
    }

    /// <summary>Says the last words that the test wants, and ends the process.</summary>
    public static void Refuse(int code)
    {
        Console.Error.WriteLine(Environment.GetEnvironmentVariable("LastWords"));
        Environment.Exit(code);
    }
}
