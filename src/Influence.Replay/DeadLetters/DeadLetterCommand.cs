using System.CommandLine;
using System.Globalization;

namespace Influence.Replay.DeadLetters;

/// <summary>The command line of <c>dead-letters</c>: list, show, retry, discard.</summary>
internal sealed class DeadLetterCommand : Command
{
    private readonly Argument<string[]> ids = new("id")
    {
        Description = "Dead letters by id, as list shows them",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> all = new("--all") { Description = "All that --queue and --since name" };
    private readonly Option<string?> queue = new("--queue") { Description = "Only those of interactions or of shards" };
    private readonly Option<DateOnly?> since = Day();
    private readonly Option<string?> reason = new("--reason") { Description = "Why, for the audit; leave names out" };
    private readonly Option<Uri> url = ReplayCommand.Address();
    private readonly Option<int> patience = ReplayCommand.Patience();
    private readonly Option<string?> adminKey = ReplayCommand.AdminKey();

    /// <summary>Makes the command and the four below it.</summary>
    /// <param name="run">Does what one of them asks for.</param>
    public DeadLetterCommand(Func<ParseResult, DeadLetterAction, CancellationToken, Task<int>> run)
        : base("dead-letters", "Messages that failed for good: lists, shows, retries or discards them.")
    {
        Option[] common = [queue, since, url, patience, adminKey];
        queue.AcceptOnlyFromAmong("interactions", "shards");
        Add(Sub(DeadLetterAction.List, "Shows which there are.", common));
        Add(Sub(DeadLetterAction.Show, "Shows what is in them: who did what, so look only where you must.", [all, reason, .. common]));
        Add(Sub(DeadLetterAction.Retry, "Runs them again; their facts count once.", [all, reason, .. common]));
        Add(Sub(DeadLetterAction.Discard, "Gives them up for good.", [all, reason, .. common]));

        Command Sub(DeadLetterAction action, string description, Option[] options)
        {
            var command = new Command(action.ToString().ToLowerInvariant(), description);
            if (action != DeadLetterAction.List)
            {
                command.Add(ids);
                command.Validators.Add(line =>
                {
                    if ((line.GetValue(ids) is { Length: > 0 }) == line.GetValue(all))
                        line.AddError("Give the ids of dead letters, or --all.");
                });
            }

            foreach (var option in options)
                command.Add(option);
            command.SetAction((line, cancellationToken) => run(line, action, cancellationToken));
            return command;
        }
    }

    /// <summary>What a command line without errors asks for.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="action">Which of the four it is.</param>
    /// <param name="environment">Reads environment variables.</param>
    public DeadLetterOptions Read(ParseResult line, DeadLetterAction action, Func<string, string?> environment) =>
        new()
        {
            Action = action,
            Ids = action == DeadLetterAction.List ? [] : line.GetValue(ids) ?? [],
            Queue = line.GetValue(queue),
            Since = line.GetValue(since),
            Reason = action == DeadLetterAction.List ? null : line.GetValue(reason),
            Url = line.GetRequiredValue(url),
            Patience = TimeSpan.FromSeconds(line.GetValue(patience)),
            AdminKey = line.GetValue(adminKey) ?? environment("INFLUENCE_ADMIN_KEY"),
        };

    private static Option<DateOnly?> Day() =>
        new("--since")
        {
            Description = "Only those kept on this day or later, such as 2026-01-31 (UTC)",
            CustomParser = r =>
            {
                if (DateOnly.TryParseExact(r.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    return day;
                r.AddError("--since is a day like 2026-01-31.");
                return null;
            },
        };
}
