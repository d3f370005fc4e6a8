using System.CommandLine;
using System.Globalization;

namespace Influence.Backup;

/// <summary>The command line.</summary>
internal sealed class BackupCommand : RootCommand
{
    private const int MostMegabytes = 1024;
    private const int MostParallel = 32;

    private readonly Argument<string> folder = new("folder") { Description = "The folder of the backup" };
    private readonly Option<bool> live = new("--live")
    {
        Description = "Export although work is waiting in the queues: the backup is then not of one moment",
    };
    private readonly Option<bool> replace = new("--replace")
    {
        Description = "Delete the tables first, if they are of the same deployment; the erased, the audit and dead letters stay",
    };
    private readonly Option<int> parallel = Range("--parallel", "How much is read or written side by side", 8, MostParallel);
    private readonly Option<int> megabytes = Range("--file-megabytes", "How large a file becomes, before compression", 32, MostMegabytes);

    /// <summary>Makes the command.</summary>
    /// <param name="export">Exports into a folder.</param>
    /// <param name="import">Imports from a folder.</param>
    /// <param name="verify">Checks the files of a folder.</param>
    public BackupCommand(
        Func<string, ExportOptions, CancellationToken, Task<int>> export,
        Func<string, ImportOptions, CancellationToken, Task<int>> import,
        Func<string, int, CancellationToken, Task<int>> verify
    )
        : base("Copies all tables of a deployment into a folder, and back. Storage is that of the app's settings, from the environment.")
    {
        var exporting = new Command("export", "Copies all tables into a folder; the same command goes on after a stop.")
        {
            folder,
            live,
            parallel,
            megabytes,
        };
        exporting.SetAction((line, cancelled) => export(Folder(line), ReadExport(line), cancelled));
        var importing = new Command("import", "Restores all tables from a folder; the same command goes on after a stop.")
        {
            folder,
            replace,
            parallel,
        };
        importing.SetAction((line, cancelled) => import(Folder(line), ReadImport(line), cancelled));
        var verifying = new Command("verify", "Reads every file of a folder and compares it with the manifest; needs no storage.")
        {
            folder,
            parallel,
        };
        verifying.SetAction((line, cancelled) => verify(Folder(line), line.GetValue(parallel), cancelled));
        Add(exporting);
        Add(importing);
        Add(verifying);
    }

    private ExportOptions ReadExport(ParseResult line) =>
        new()
        {
            IsLive = line.GetValue(live),
            Parallel = line.GetValue(parallel),
            FileBytes = (long)line.GetValue(megabytes) << 20,
        };

    private ImportOptions ReadImport(ParseResult line) => new() { Replaces = line.GetValue(replace), Parallel = line.GetValue(parallel) };

    private string Folder(ParseResult line) => Path.GetFullPath(line.GetRequiredValue(folder));

    private static Option<int> Range(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} (1 to {most:N0})", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (
                result.Tokens is [{ Value: var text }]
                && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                && (value < 1 || value > most)
            )
                result.AddError($"{name} is {value}: give 1 to {most:N0}.");
        });
        return option;
    }
}
