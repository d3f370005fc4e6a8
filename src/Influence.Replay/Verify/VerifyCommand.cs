using System.CommandLine;

namespace Influence.Replay.Verify;

/// <summary>The command line of <c>verify</c>.</summary>
internal sealed class VerifyCommand : Command
{
    private const int UsualSample = 100;

    private readonly Option<string[]> account = new("--account")
    {
        Description = "An account to check, such as twitter:12; may be repeated (up to 100)",
    };
    private readonly Option<int?> sample = new("--sample")
    {
        Description = "How many accounts are picked by chance (0 to 1,000; 100 when no account is named)",
    };
    private readonly Option<int> seed = new("--seed") { Description = "Which sample", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> repair = new("--repair") { Description = "Write what drifted anew; without it nothing is written" };
    private readonly Option<Uri> url = ReplayCommand.Address();
    private readonly Option<int> patience = ReplayCommand.Patience();
    private readonly Option<string?> adminKey = ReplayCommand.AdminKey();

    /// <summary>Makes the command.</summary>
    public VerifyCommand()
        : base(
            "verify",
            "Recomputes accounts from their ledgers and shows what differs from the stored state. Exit code 1 when anything does."
        )
    {
        Option[] all = [account, sample, seed, repair, url, patience, adminKey];
        foreach (var option in all)
            Add(option);
    }

    /// <summary>What a command line without errors asks for.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="environment">Reads environment variables.</param>
    public VerifyOptions Read(ParseResult line, Func<string, string?> environment)
    {
        var accounts = line.GetValue(account) ?? [];
        return new VerifyOptions
        {
            Accounts = accounts,
            Sample = line.GetValue(sample) ?? (accounts.Length > 0 ? 0 : UsualSample),
            Seed = line.GetValue(seed),
            Repair = line.GetValue(repair),
            Url = line.GetRequiredValue(url),
            Patience = TimeSpan.FromSeconds(line.GetValue(patience)),
            AdminKey = line.GetValue(adminKey) ?? environment("INFLUENCE_ADMIN_KEY"),
        };
    }
}
