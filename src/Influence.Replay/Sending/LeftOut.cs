using System.Text;

namespace Influence.Replay.Sending;

/// <summary>The lines that cannot be read: counted, and written to a file if asked for.</summary>
/// <remarks>Each with its number and the reason.</remarks>
/// <param name="path">The file; null where they are only counted.</param>
internal sealed class LeftOut(string? path) : IDisposable
{
    private const int MaxExamples = 5;
    private readonly List<string> examples = [];
    private StreamWriter? writer;

    /// <summary>The first few, as sentences.</summary>
    public IReadOnlyList<string> Examples => examples;

    /// <summary>Takes one.</summary>
    public void Add(BadLineException bad)
    {
        if (examples.Count < MaxExamples)
            examples.Add(bad.Message);
        if (path is null)
            return;
        if (writer is null)
        {
            writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
            writer.Write("line\treason\ttext\n");
        }

        // A record of several lines is one line here.
        writer.Write($"{bad.Number}\t{bad.Rule}\t{bad.Line.ReplaceLineEndings("\\n")}\n");
    }

    /// <inheritdoc/>
    public void Dispose() => writer?.Dispose();
}
