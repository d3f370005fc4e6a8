using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Influence.Replay;

/// <summary>The command line.</summary>
internal sealed class ReplayCommand : RootCommand
{
    private static readonly string Columns =
        $"Columns or fields, in any order: {string.Join(", ", ColumnNames.Required)} and, where there are any, "
        + $"{string.Join(", ", ColumnNames.Optional)}; topics are a;b in CSV. Moments are 2026-01-31T12:00:00Z, 2026-01-31 12:00:00 (UTC), "
        + "2026-01-31 12:00:00 +0100, or whole seconds since 1970";

    private readonly Argument<string?> file = new("file")
    {
        Description =
            $"CSV (with , ; or tab), NDJSON, a JSON array or SNAP, gzip or not; without it a made-up community is replayed. {Columns}",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<FileFormat> format = new("--format")
    {
        Description = "The file's format where it is not told by its name or beginning",
    };
    private readonly Option<string> network = Network();
    private readonly Option<string?> map = Map();
    private readonly Option<bool> milliseconds = new("--milliseconds") { Description = "Whole numbers are milliseconds since 1970" };
    private readonly Option<bool> skipBad = new("--skip-bad")
    {
        Description = "Leave out lines that cannot be read, and write them to a file, each with the reason",
    };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Say what would be sent and what refused; post nothing" };
    private readonly Option<int> seed = new("--seed") { Description = "Which community is made up", DefaultValueFactory = _ => 1 };
    private readonly Option<int> interactions = Range("--interactions", "How many interactions are made up", 40_000, 1, 10_000_000);
    private readonly Option<int?> limit = Least("--limit", "Only the first so many facts");
    private readonly Option<bool> twice = new("--twice") { Description = "Send every fact twice; each still counts once" };
    private readonly Option<int?> shuffle = new("--shuffle")
    {
        Description = "Send the facts in a random order of this seed",
        HelpName = "seed",
    };
    private readonly Option<int> batch = Range("--batch", "Items of a request", Batches.MaxItems, 1, Batches.MaxItems);
    private readonly Option<int?> randomBatches = new("--random-batches")
    {
        Description = "Requests of 1 to 1000 items by this seed",
        HelpName = "seed",
    };
    private readonly Option<ShiftMode> shift = new("--shift")
    {
        Description =
            "Move a file's moments so that the last is now (now), only if it is older than a day (auto, the default), or not (none)",
    };
    private readonly Option<bool> import = new("--import")
    {
        Description = "Send a file of up to 400 days as an import, with the operators' key; its moments are not moved (--shift none)",
    };

    private readonly Option<int> parallel = Range("--parallel", "Requests in flight", 4, 1, 64);
    private readonly Option<int> patience = Patience();
    private readonly Option<Uri> url = Address();
    private readonly Option<string?> key = new("--key") { Description = "Key of writers (or INFLUENCE_KEY)" };
    private readonly Option<string?> adminKey = AdminKey();
    private readonly Option<bool> noPublish = new("--no-publish") { Description = "End when the queue is empty" };
    private readonly Option<string> board = new("--board") { Description = "The board shown", DefaultValueFactory = _ => "global" };
    private readonly Option<int> top = Range("--top", "Rows shown", 20, 1, 1000);
    private readonly Option<bool> fresh = new("--fresh") { Description = "Forget an unfinished run and how the file was moved before" };
    private readonly Option<bool> stop = new("--stop")
    {
        Description = "Stop the app that this run starts once the boards are shown; else it runs until Ctrl+C",
    };
    private readonly Option<bool> leaveRunning = new("--leave-running")
    {
        Description = "Leave the app that this run starts running, and end",
    };

    /// <summary>Makes the command.</summary>
    public ReplayCommand()
        : base("Replays an interaction log over HTTP, waits until it is scored, publishes the boards and shows one.")
    {
        Add(file);
        Option[] all =
        [
            url,
            format,
            map,
            milliseconds,
            skipBad,
            dryRun,
            network,
            limit,
            shift,
            import,
            batch,
            randomBatches,
            shuffle,
            twice,
            parallel,
            patience,
            seed,
            interactions,
            key,
            adminKey,
            noPublish,
            board,
            top,
            fresh,
            stop,
            leaveRunning,
        ];
        foreach (var option in all)
            Add(option);
        Validators.Add(line =>
        {
            if (line.GetValue(stop) && line.GetValue(leaveRunning))
                line.AddError("--stop and --leave-running are opposites: give one of them, or neither.");
        });
        Validators.Add(line =>
        {
            if (!line.GetValue(import))
                return;
            if (line.GetValue(file) is null)
                line.AddError("--import needs a file: the made-up community is of the last days.");
            // What is no mode at all the parser itself tells.
            if (
                line.GetResult(shift) is { Tokens: [{ Value: var text }] }
                && Enum.TryParse<ShiftMode>(text, ignoreCase: true, out var mode)
                && mode != ShiftMode.None
            )
                line.AddError("--import takes the moments of a file as they are: leave --shift out, or give --shift none.");
        });
    }

    /// <summary>What a command line without errors asks for.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="environment">Reads environment variables.</param>
    public ReplayOptions Read(ParseResult line, Func<string, string?> environment) =>
        new()
        {
            File = line.GetValue(file),
            Format = line.GetValue(format),
            Network = line.GetRequiredValue(network),
            Map = line.GetValue(map),
            Milliseconds = line.GetValue(milliseconds),
            SkipBad = line.GetValue(skipBad),
            DryRun = line.GetValue(dryRun),
            Seed = line.GetValue(seed),
            Interactions = line.GetValue(interactions),
            Limit = line.GetValue(limit),
            Twice = line.GetValue(twice),
            Shuffle = line.GetValue(shuffle),
            Batch = line.GetValue(batch),
            RandomBatches = line.GetValue(randomBatches),
            Shift = line.GetValue(import) ? ShiftMode.None : line.GetValue(shift),
            Import = line.GetValue(import),
            Parallel = line.GetValue(parallel),
            Patience = TimeSpan.FromSeconds(line.GetValue(patience)),
            Url = line.GetRequiredValue(url),
            Key = line.GetValue(key) ?? environment("INFLUENCE_KEY"),
            AdminKey = line.GetValue(adminKey) ?? environment("INFLUENCE_ADMIN_KEY"),
            Publish = !line.GetValue(noPublish),
            Board = line.GetRequiredValue(board),
            Top = line.GetValue(top),
            Fresh = line.GetValue(fresh),
            LeaveRunning = line.GetValue(leaveRunning),
            Stop = line.GetValue(stop),
        };

    internal static Option<int> Range(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} ({least:N0} to {most:N0})", DefaultValueFactory = _ => usual };
        option.Validators.Add(r =>
        {
            if (Number(r) is { } value && (value < least || value > most))
                r.AddError($"{name} is {least} to {most}.");
        });
        return option;
    }

    private static Option<int?> Least(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description };
        option.Validators.Add(r =>
        {
            if (Number(r) < 1)
                r.AddError($"{name} is at least 1.");
        });
        return option;
    }

    // Null for what is no number: the parser itself says so, and must not be asked for a value it does not have.
    private static int? Number(OptionResult option) =>
        option.Tokens.Count == 1 && int.TryParse(option.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static Option<string?> Map()
    {
        var option = new Option<string?>("--map")
        {
            Description = "Which column is which field: type=kind,actor=who",
            HelpName = "field=column,…",
        };
        option.Validators.Add(r =>
        {
            ColumnNames.Parse(r.GetValueOrDefault<string>(), out var error);
            if (error is not null)
                r.AddError(error);
        });
        return option;
    }

    private static Option<string> Network()
    {
        var option = new Option<string>("--network")
        {
            Description = "Network of the numbers in a SNAP file",
            DefaultValueFactory = _ => "twitter",
        };
        option.Validators.Add(r =>
        {
            var name = r.GetValueOrDefault<string>() ?? "";
            if (name.Length is < 1 or > 32 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
                r.AddError("--network is 1 to 32 characters from a-z, 0-9 and '-'.");
        });
        return option;
    }

    internal static Option<int> Patience() => Range("--patience", "Seconds to keep trying while the app is away", 120, 0, 86_400);

    internal static Option<string?> AdminKey() => new("--admin-key") { Description = "Key of operators (or INFLUENCE_ADMIN_KEY)" };

    internal static Option<Uri> Address() =>
        new("--url")
        {
            Description = "The app; one at this machine is started if none answers",
            DefaultValueFactory = _ => new Uri("http://localhost:7071"),
            CustomParser = r =>
            {
                if (Uri.TryCreate(r.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                    return url;
                r.AddError("--url is an absolute http or https address.");
                return null;
            },
        };
}
