namespace Influence.Backup.Export;

/// <summary>Divides the tables into ranges that are read side by side.</summary>
internal static class RangePlan
{
    // The accounts have at most 256 partitions, and one more is about the deployment.
    private const int MostPartitions = 300;

    /// <summary>A range for each partition of the accounts, most of the rows, and one for each other table.</summary>
    public static async Task<IReadOnlyList<KeyRange>> MakeAsync(BackupStorage storage, CancellationToken cancellationToken)
    {
        var ranges = new List<KeyRange>();
        string? last = null;
        while (ranges.Count < MostPartitions)
        {
            var next = await TableRows.NextPartitionAsync(storage.Table(DeploymentTables.Accounts), last, cancellationToken);
            if (next is null)
                break;
            ranges.Add(new KeyRange(DeploymentTables.Accounts, ranges.Count, last, next));
            last = next;
        }

        // What is added meanwhile, and whatever is beyond: no row falls between two ranges.
        ranges.Add(new KeyRange(DeploymentTables.Accounts, ranges.Count, last, null));
        ranges.AddRange(DeploymentTables.All.Where(t => t != DeploymentTables.Accounts).Select(t => new KeyRange(t, 0, null, null)));
        return ranges;
    }
}
