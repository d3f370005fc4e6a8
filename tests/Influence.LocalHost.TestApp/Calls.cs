using System.Text;
using Microsoft.Extensions.Configuration;

namespace Influence.LocalHost.TestApp;

/// <summary>Notes for the tests what functions do: lines of the file that the setting <c>CallsFile</c> names.</summary>
/// <remarks>A file since it outlives this process, however that ends. One worker writes it at a time.</remarks>
public sealed class Calls(IConfiguration configuration)
{
    private readonly Lock turn = new();
    private readonly string? path = configuration["CallsFile"];

    public void Add(string call)
    {
        if (path is null)
            return;
        lock (turn)
        {
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Encoding.UTF8.GetBytes(call + "\n"));
        }
    }
}
